import { roles } from '../domain/stores/admins.ts'
import { accountStatusNames } from '../domain/stores/authorizers.ts'
import { deliveryStates } from '../domain/stores/deliveries.ts'
import { releaseStates } from '../domain/stores/releases.ts'
import { rolloutStates, itemStates } from '../domain/stores/rollouts.ts'

/* What operations answer in `data`, as JSON Schema. Shapes that are WeChat's own are objects without more. */

export type Schema = Readonly<Record<string, unknown>>

const text: Schema = { type: 'string' }
const time: Schema = { type: 'string', format: 'date-time' }
const integer: Schema = { type: 'integer' }
const flag: Schema = { type: 'boolean' }
const anything: Schema = { type: 'object' }
const listOf = (items: Schema): Schema => ({ type: 'array', items })
const oneOf = (...words: readonly string[]): Schema => ({ type: 'string', enum: words })
const textMap: Schema = { type: 'object', additionalProperties: text }
const counts: Schema = { type: 'object', additionalProperties: integer }

/** Members whose name ends in `?` may be missing. */
function object(members: Readonly<Record<string, Schema>>): Schema {
  const names = Object.keys(members)
  return {
    type: 'object',
    required: names.filter((name) => !name.endsWith('?')),
    properties: Object.fromEntries(names.map((name) => [name.replace('?', ''), members[name]])),
  }
}

/** Members of WeChat's that are not described here come through as well. */
const withMore = (schema: Schema): Schema => ({ ...schema, additionalProperties: true })

const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` })
const pageOf = (items: Schema): Schema => object({ items: listOf(items), 'nextCursor?': text })

/** Values that the words of a reason name. */
export const params: Schema = {
  type: 'object',
  additionalProperties: { anyOf: [text, { type: 'number' }, flag, listOf(text)] },
}

const problem = { code: text, 'params?': params, message: text, 'hint?': text }

/** WeChat's own words, unix seconds. */
const templateOrigin = {
  create_time: integer,
  'user_version?': text,
  'user_desc?': text,
  'source_miniprogram?': text,
  'source_miniprogram_appid?': text,
  'developer?': text,
}

export const answerSchemas: Readonly<Record<string, Schema>> = {
  Problem: object(problem),
  Binding: object({
    businessId: text,
    accountType: oneOf('miniprogram', 'official', 'any'),
    status: oneOf('none', 'pending', 'bound', 'revoked'),
    'appid?': text,
    'nickName?': text,
    attributes: textMap,
    'boundAt?': time,
    'problem?': named('Problem'),
  }),
  Authorizer: object({
    appid: text,
    nickName: text,
    accountType: oneOf('miniprogram', 'official'),
    principalName: text,
    funcInfo: listOf(integer),
    missing: listOf(integer),
    status: oneOf('active', 'revoked', 'reauthorize'),
    accountStatus: object({ name: oneOf(...accountStatusNames), 'code?': integer }),
    authorizedAt: time,
    'tokenExpiresAt?': time,
    'businessId?': text,
    'currentRelease?': object({ releaseId: text, templateId: integer, version: text, releasedAt: time }),
  }),
  Release: object({
    releaseId: text,
    appid: text,
    templateId: integer,
    version: text,
    description: text,
    state: oneOf(...releaseStates),
    'auditId?': integer,
    'reason?': text,
    'screenshots?': listOf(text),
    createdAt: time,
    updatedAt: time,
    'extJson?': text,
    'submittedAt?': time,
    'auditedAt?': time,
    'releasedAt?': time,
    'autoRelease?': flag,
    'grayPercentage?': integer,
    'rolloutId?': text,
    'problem?': named('Problem'),
  }),
  Rollout: object({
    rolloutId: text,
    name: text,
    templateId: integer,
    version: text,
    description: text,
    state: oneOf(...rolloutStates),
    wave: integer,
    waves: listOf(integer),
    total: integer,
    counts: object(Object.fromEntries(itemStates.map((state) => [state, integer]))),
    progress: { type: 'number' },
    perHour: { type: 'number' },
    startedAt: time,
    nextWaveWhen: oneOf('approved', 'released'),
    autoSubmit: flag,
    autoRelease: flag,
    quotaReserve: integer,
    'maxFailures?': integer,
    'endedAt?': time,
    'expectedEndAt?': time,
    'problem?': named('Problem'),
  }),
  Draft: withMore(object({ draft_id: integer, ...templateOrigin })),
  Template: withMore(
    object({ template_id: integer, 'draft_id?': integer, 'template_type?': integer, ...templateOrigin }),
  ),
  Delivery: object({
    'subscriptionId?': text,
    deliveryId: text,
    type: text,
    'appid?': text,
    state: oneOf(...deliveryStates),
    attempts: integer,
    createdAt: time,
    'dueAt?': time,
    'endedAt?': time,
    'lastError?': text,
  }),
  DeliveryOutcome: object({ deliveryId: text, delivered: flag, 'httpStatus?': integer, 'error?': text }),
  Token: object({ accessToken: text, expiresAt: time }),
  Image: object({ contentType: text, base64: text }),
}

const release = named('Release')
const rollout = named('Rollout')

export const answers: Readonly<Record<string, Schema>> = {
  'bindings.createLink': object({ inviteUrl: text, expiresAt: time }),
  'bindings.bind': named('Binding'),
  'bindings.get': named('Binding'),
  'bindings.list': pageOf(named('Binding')),
  'bindings.unbind': named('Binding'),
  'authorizers.list': pageOf(named('Authorizer')),
  'authorizers.get': named('Authorizer'),
  'authorizers.sync': object({ added: integer, updated: integer, revoked: integer, problems: integer }),
  'tokens.authorizer': named('Token'),
  'tokens.component': named('Token'),
  'templates.listDrafts': pageOf(named('Draft')),
  'templates.list': pageOf(named('Template')),
  'templates.promote': object({ templateId: integer }),
  'platform.status': object({
    ticket: object({ receivedAt: { type: ['string', 'null'] }, ageSeconds: { type: ['integer', 'null'] } }),
    componentToken: object({ expiresAt: { type: ['string', 'null'] } }),
    authorizers: object({ active: integer, revoked: integer, reauthorize: integer }),
    audits: object({ auditing: integer, rejected: integer }),
    queue: counts,
    problems: listOf(object({ ...problem, since: time, 'seenAt?': time, 'appid?': text })),
  }),
  'miniprograms.setVisibility': object({ visible: flag }),
  'miniprograms.listTesters': object({ items: listOf(anything) }),
  'miniprograms.login': object({ openid: text, 'unionid?': text, sessionKey: text }),
  'releases.commit': release,
  'releases.render': object({ extJson: text }),
  'releases.preview': named('Image'),
  'releases.pages': object({ pages: listOf(text) }),
  'releases.categories': object({ categories: listOf(anything) }),
  'releases.preflight': object({
    items: listOf(object({ appid: text, ready: flag, problems: listOf(named('Problem')) })),
  }),
  'releases.submit': release,
  'releases.status': release,
  'releases.withdraw': release,
  'releases.expedite': release,
  'releases.uploadMedia': object({ type: text, mediaid: text }),
  'releases.screenshot': named('Image'),
  'releases.release': release,
  'releases.history': object({ items: listOf(anything) }),
  'releases.startGray': release,
  'releases.cancelGray': release,
  'releases.list': pageOf(release),
  'rollouts.create': rollout,
  'rollouts.get': rollout,
  'rollouts.list': pageOf(rollout),
  'rollouts.items': pageOf(
    object({
      appid: text,
      state: oneOf(...itemStates),
      wave: integer,
      'releaseId?': text,
      'problem?': named('Problem'),
    }),
  ),
  'rollouts.rejections': object({ groups: listOf(object({ reason: text, count: integer, 'appids?': listOf(text) })) }),
  'rollouts.pause': rollout,
  'rollouts.resume': rollout,
  'rollouts.cancel': rollout,
  'rollouts.retry': rollout,
  'rollouts.release': rollout,
  'rollouts.rollback': rollout,
  'events.list': pageOf(
    object({
      id: text,
      type: text,
      'appid?': text,
      createdAt: time,
      receivedAt: time,
      state: oneOf('new', 'done', 'failed'),
      attempts: integer,
      fields: anything,
    }),
  ),
  'subscriptions.put': object({ subscriptionId: text, 'secret?': text }),
  'subscriptions.list': pageOf(
    object({
      subscriptionId: text,
      url: text,
      match: object({ 'type?': text, 'infoType?': text, 'event?': text, 'appid?': text }),
      enabled: flag,
      createdAt: time,
      'failingSince?': time,
      'nextAttemptAt?': time,
      'lastError?': text,
      'switchedOffAt?': time,
      'formerSecretUntil?': time,
      waiting: integer,
      dead: integer,
      deliveries: listOf(named('Delivery')),
    }),
  ),
  'subscriptions.deliveries': pageOf(named('Delivery')),
  'subscriptions.test': named('DeliveryOutcome'),
  'subscriptions.redeliver': named('DeliveryOutcome'),
  'admins.me': object({ id: text, role: oneOf(...roles) }),
  'admins.list': pageOf(object({ id: text, role: oneOf(...roles), 'name?': text, 'fixed?': flag })),
  'admins.put': object({ id: text, role: oneOf(...roles), 'name?': text }),
  'apiKeys.create': object({ keyId: text, key: text }),
  'apiKeys.list': pageOf(
    object({
      keyId: text,
      name: text,
      role: oneOf(...roles),
      createdAt: time,
      'operations?': listOf(text),
      'appids?': listOf(text),
      'expiresAt?': time,
      'revokedAt?': time,
      'lastUsedAt?': time,
    }),
  ),
  'activity.list': pageOf(
    object({
      id: text,
      identity: text,
      operation: text,
      'appid?': text,
      input: anything,
      state: oneOf('running', 'ended'),
      startedAt: time,
      'endedAt?': time,
      'outcome?': text,
    }),
  ),
}

/** Any object: what WeChat answers, or nothing. */
export const answerOf = (operation: string): Schema => answers[operation] ?? anything
