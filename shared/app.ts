import { createHash, randomUUID, timingSafeEqual } from 'node:crypto'
import { createBreakerStore } from './cloudbase/breaker-store.ts'
import { openDatabase } from './cloudbase/database.ts'
import { createPushStore } from './cloudbase/push-store.ts'
import { createVault, type Vault } from './cloudbase/sealing.ts'
import { createTokenStore } from './cloudbase/token-store.ts'
import { readConfig, type Config } from './config.ts'
import { countDatabaseOperation, countWechatCall, currentCall, currentRequestId } from './current-call.ts'
import { createBreaker } from './domain/breaker.ts'
import { emptyMemory, type Alerts, type Ids, type Platform } from './domain/platform.ts'
import { Failure } from './errors.ts'
import { createLog, type Log } from './log.ts'
import { onFirstUse } from './on-first-use.ts'
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
}, currentCall)

let opened: App | undefined

/** The parts of this instance, put together on its first call. Throws `CONFIG_INVALID`. */
export function openApp(options: AppOptions): App {
  opened ??= createApp(readConfig(process.env), options)
  return opened
}

/** What every call needs comes with the start; the rest with its first use. */
export function createApp(config: Config, { databaseTimeout }: AppOptions): App {
  const vault = createVault(config.sealKeys)
  const database = openDatabase({
    timeout: databaseTimeout,
    random: Math.random,
    onRequest: countDatabaseOperation,
  })
  const platform: Platform = {
    settings: {
      componentAppid: config.componentAppid,
      componentAppsecret: config.componentAppsecret,
      authBaseUrl: config.authBaseUrl,
      returnUrlOrigins: config.returnUrlOrigins,
      adminOpenids: config.adminOpenids,
      refreshIdleDays: config.refreshIdleDays,
      ...(config.wechatPageBase !== undefined && { wechatPageBase: config.wechatPageBase }),
      ...(config.alertWebhookUrl !== undefined && { alertWebhookUrl: config.alertWebhookUrl }),
    },
    clock,
    sleep: (milliseconds) =>
      new Promise((resolve) => {
        setTimeout(resolve, milliseconds)
      }),
    log,
    requestId: currentRequestId,
    ids: createIds(config, vault),
    stores: {
      tokens: createTokenStore(database, vault),
      authorizers: onFirstUse(async () =>
        (await import('./cloudbase/authorizer-store.ts')).createAuthorizerStore(database, vault),
      ),
      accounts: onFirstUse(async () =>
        (await import('./cloudbase/account-store.ts')).createAccountStore(database, vault),
      ),
      bindings: onFirstUse(async () => (await import('./cloudbase/binding-store.ts')).createBindingStore(database)),
      invites: onFirstUse(async () => (await import('./cloudbase/invite-store.ts')).createInviteStore(database, vault)),
      codes: onFirstUse(async () => (await import('./cloudbase/code-store.ts')).createCodeStore(database)),
      pushes: createPushStore(database, vault),
      releases: onFirstUse(async () => (await import('./cloudbase/release-store.ts')).createReleaseStore(database)),
      activity: onFirstUse(async () =>
        (await import('./cloudbase/activity-store.ts')).createActivityStore(database, vault),
      ),
      problems: onFirstUse(async () => (await import('./cloudbase/problem-store.ts')).createProblemStore(database)),
      admins: onFirstUse(async () => (await import('./cloudbase/admin-store.ts')).createAdminStore(database)),
      sessions: onFirstUse(async () => (await import('./cloudbase/session-store.ts')).createSessionStore(database)),
      confirmations: onFirstUse(async () =>
        (await import('./cloudbase/confirmation-store.ts')).createConfirmationStore(database),
      ),
      rollouts: onFirstUse(async () => (await import('./cloudbase/rollout-store.ts')).createRolloutStore(database)),
      subscriptions: onFirstUse(async () =>
        (await import('./cloudbase/subscription-store.ts')).createSubscriptionStore(database, vault),
      ),
      deliveries: onFirstUse(async () => (await import('./cloudbase/delivery-store.ts')).createDeliveryStore(database)),
      outbox: onFirstUse(async () => (await import('./cloudbase/outbox.ts')).createOutboxStore(database)),
      due: onFirstUse(async () => (await import('./cloudbase/due-store.ts')).createDueStore(database)),
      templateSettings: onFirstUse(async () =>
        (await import('./cloudbase/template-settings-store.ts')).createTemplateSettingsStore(database),
      ),
      cleanUp: onFirstUse(async () => (await import('./cloudbase/clean-up.ts')).createCleanUp(database)),
    },
    wechat: onFirstUse(async () => {
      const { createWechatPort } = await import('./wechat-port.ts')
      return createWechatPort(config.wechatApiBase, createBreaker(createBreakerStore(database), clock), countWechatCall)
    }),
    alerts: createAlerts(config),
    files: onFirstUse(async () => (await import('./cloudbase/files.ts')).createFiles()),
    webhooks: onFirstUse(async () => {
      const { createWebhooks } = await import('./webhook-sender.ts')
      return createWebhooks({ allowPrivate: config.webhookAllowPrivate })
    }),
    memory: emptyMemory(),
  }
  return { config, platform }
}

/** Signatures hold for this platform at this address only, whatever keys another environment shares. */
function createIds(config: Config, vault: Vault): Ids {
  const inContext = (message: string): string => JSON.stringify([config.componentAppid, config.publicBaseUrl, message])
  const ofPlatform = (message: string): string => JSON.stringify([config.componentAppid, message])
  return {
    random: () => randomUUID().replaceAll('-', ''),
    hashOfHex: (bytes) => createHash('sha256').update(Buffer.from(bytes, 'hex')).digest('hex'),
    hash: (...parts) => createHash('sha256').update(JSON.stringify(parts)).digest('hex'),
    sign: (purpose, message) => vault.sign(purpose, inContext(message)),
    verify: (purpose, message, signature) => vault.verify(purpose, inContext(message), signature),
    signLasting: (purpose, message) => vault.sign(purpose, ofPlatform(message)),
    verifyLasting: (purpose, message, signature) => vault.verify(purpose, ofPlatform(message), signature),
    signingKey: vault.keyId,
    isSame: (a, b) => a.length === b.length && timingSafeEqual(Buffer.from(a), Buffer.from(b)),
    fraction: Math.random,
  }
}

/** Undefined where nobody is to be told. */
function createAlerts({ alertWebhookUrl: url }: Config): Alerts | undefined {
  if (url === undefined) return undefined
  return onFirstUse(async () => {
    const { sendAlert } = await import('./alert-sender.ts')
    return { send: (lines) => sendAlert(url, lines) }
  })
}

/** An error as the caller may see it; what it was stays in the log. */
export const asFailure = (error: unknown): Failure =>
  error instanceof Failure && error.code !== 'INTERNAL' ? error : new Failure('BUG', { cause: error })
