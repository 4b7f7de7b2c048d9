import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createActivityStore } from './cloudbase/activity-store.ts'
import { createAdminStore } from './cloudbase/admin-store.ts'
import { createAuthorizerStore } from './cloudbase/authorizer-store.ts'
import { createBreakerStore } from './cloudbase/breaker-store.ts'
import { createBindingStore } from './cloudbase/binding-store.ts'
import { createCleanUp } from './cloudbase/clean-up.ts'
import { createCodeStore } from './cloudbase/code-store.ts'
import { openDatabase } from './cloudbase/database.ts'
import { createDeliveryStore } from './cloudbase/delivery-store.ts'
import { createFiles } from './cloudbase/files.ts'
import { createInviteStore } from './cloudbase/invite-store.ts'
import { createProblemStore } from './cloudbase/problem-store.ts'
import { createPushStore } from './cloudbase/push-store.ts'
import { createRolloutStore } from './cloudbase/rollout-store.ts'
import { createReleaseStore } from './cloudbase/release-store.ts'
import { createVault, type Vault } from './cloudbase/sealing.ts'
import { createSubscriptionStore } from './cloudbase/subscription-store.ts'
import { createTokenStore } from './cloudbase/token-store.ts'
import { readConfig, type Config } from './config.ts'
import { createBreaker, type EndpointBreaker } from './domain/breaker.ts'
import { emptyMemory, type Alerts, type Ids, type Platform, type Wechat } from './domain/platform.ts'
import type { Webhooks } from './domain/webhooks.ts'
import { Failure } from './errors.ts'
import { createLog, type Log } from './log.ts'
import { epochMs, type Clock } from './time.ts'

export interface App {
  readonly config: Config
  readonly platform: Platform
}

export interface AppOptions {
  /** Milliseconds for one database operation. */
  readonly databaseTimeout: number
}

export const clock: Clock = () => epochMs(Date.now())

export const log: Log = createLog((line) => {
  process.stdout.write(`${line}\n`)
})

let opened: App | undefined

/** The parts of this instance, put together on its first call. Throws `CONFIG_INVALID`. */
export function openApp(options: AppOptions): App {
  opened ??= compose(readConfig(process.env), options)
  return opened
}

function compose(config: Config, { databaseTimeout }: AppOptions): App {
  const vault = createVault(config.sealKeys)
  const database = openDatabase({ timeout: databaseTimeout, random: Math.random })
  const platform: Platform = {
    settings: {
      componentAppid: config.componentAppid,
      componentAppsecret: config.componentAppsecret,
      publicBaseUrl: config.publicBaseUrl,
      returnUrlOrigins: config.returnUrlOrigins,
      adminOpenids: config.adminOpenids,
      ...(config.refreshIdleDays !== undefined && { refreshIdleDays: config.refreshIdleDays }),
      ...(config.wechatPageBase !== undefined && { wechatPageBase: config.wechatPageBase }),
      ...(config.alertWebhookUrl !== undefined && { alertWebhookUrl: config.alertWebhookUrl }),
    },
    clock,
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        setTimeout(resolve, milliseconds)
      }),
    log,
    ids: createIds(config, vault),
    stores: {
      tokens: createTokenStore(database, vault),
      authorizers: createAuthorizerStore(database, vault),
      bindings: createBindingStore(database),
      invites: createInviteStore(database),
      codes: createCodeStore(database),
      pushes: createPushStore(database, vault),
      releases: createReleaseStore(database),
      activity: createActivityStore(database, vault),
      problems: createProblemStore(database),
      admins: createAdminStore(database),
      rollouts: createRolloutStore(database),
      subscriptions: createSubscriptionStore(database, vault),
      deliveries: createDeliveryStore(database),
      cleanUp: createCleanUp(database),
    },
    wechat: createWechat(config, createBreaker(createBreakerStore(database), clock)),
    alerts: createAlerts(config),
    files: createFiles(),
    webhooks: createWebhookPort(config),
    memory: emptyMemory(),
  }
  return { config, platform }
}

/** Signatures hold for this platform at this address only, whatever keys another environment shares. */
function createIds(config: Config, vault: Vault): Ids {
  const inContext = (message: string): string => JSON.stringify([config.componentAppid, config.publicBaseUrl, message])
  return {
    random: () => randomBytes(16).toString('hex'),
    hash: (...parts) => createHash('sha256').update(JSON.stringify(parts)).digest('hex'),
    sign: (purpose, message) => vault.sign(purpose, inContext(message)),
    verify: (purpose, message, signature) => vault.verify(purpose, inContext(message), signature),
    isSame: (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b)),
    fraction: Math.random,
  }
}

/** The client, with the HTTP library under it, is loaded by the first call that needs it. */
function createWechat(config: Config, breaker: EndpointBreaker): Wechat {
  let loading: Promise<Wechat> | undefined
  const load = async (): Promise<Wechat> => {
    const { createWechatPort } = await import('./wechat-port.ts')
    return createWechatPort(config.wechatApiBase, breaker)
  }
  return {
    async send(endpoint, request, token) {
      loading ??= load()
      return (await loading).send(endpoint, request, token)
    },
    async call(request, token) {
      loading ??= load()
      return (await loading).call(request, token)
    },
  }
}

/** Undefined where nobody is to be told. */
function createAlerts(config: Config): Alerts | undefined {
  const url = config.alertWebhookUrl
  if (url === undefined) return undefined
  return {
    async send(lines) {
      const { sendAlert } = await import('./alert-sender.ts')
      return sendAlert(url, lines)
    },
  }
}

/** Also loaded by the first call that needs it. */
function createWebhookPort(config: Config): Webhooks {
  let loading: Promise<Webhooks> | undefined
  const load = async (): Promise<Webhooks> => {
    const { createWebhooks } = await import('./webhook-sender.ts')
    return createWebhooks({ allowPrivate: config.webhookAllowPrivate })
  }
  const sender = (): Promise<Webhooks> => (loading ??= load())
  return {
    objection: async (url) => (await sender()).objection(url),
    post: async (url, message) => (await sender()).post(url, message),
  }
}

/** An error as the caller may see it; what it was stays in the log. */
export const asFailure = (error: unknown): Failure =>
  error instanceof Failure && error.code !== 'INTERNAL'
    ? error
    : new Failure('INTERNAL', 'Something went wrong inside the platform', {
        hint: 'The log has the details under this requestId.',
        cause: error,
      })
