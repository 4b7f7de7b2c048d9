import { activity } from '../domain/stores/activity.ts'
import { admin, apiKey } from '../domain/stores/admins.ts'
import { authorizer, syncPosition } from '../domain/stores/authorizers.ts'
import { binding } from '../domain/stores/bindings.ts'
import { breaker } from '../domain/stores/breakers.ts'
import { code } from '../domain/stores/codes.ts'
import { confirmation } from '../domain/stores/confirmations.ts'
import { delivery } from '../domain/stores/deliveries.ts'
import { byName, flag, id, list, mark, nested, number, optional, sealed, text, time } from '../domain/stores/forms.ts'
import type { Description, NamesIn, SealedIn } from '../domain/stores/forms.ts'
import { accountHappening, releaseHappening } from '../domain/stores/happened.ts'
import { authState, invite } from '../domain/stores/invites.ts'
import { notedProblem } from '../domain/stores/problems.ts'
import { push } from '../domain/stores/pushes.ts'
import { release } from '../domain/stores/releases.ts'
import { rollout, rolloutItem } from '../domain/stores/rollouts.ts'
import { session } from '../domain/stores/sessions.ts'
import { subscription } from '../domain/stores/subscriptions.ts'
import { templateSettings } from '../domain/stores/template-settings.ts'
import { tokenState } from '../domain/stores/tokens.ts'
import { DAY, HOUR, MINUTE } from '../time.ts'
import type { Condition, Scalar } from './requests.ts'

export interface IndexDefinition {
  readonly name: string
  readonly fields: readonly { readonly name: string; readonly direction: 1 | -1 }[]
}

/** What has had its time, by the database's clock, and what becomes of it. */
export interface Retention<N extends string = string> {
  readonly since: N
  readonly afterMs: number
  /** Where there is such a time, that is as long ago. */
  readonly andSince?: { readonly since: N; readonly afterMs: number }
  readonly where?: { readonly [K in N]?: Scalar | Condition }
  /** Default: the documents go. */
  readonly change?: { readonly set: { readonly [K in N]?: Scalar }; readonly unset?: readonly N[] }
}

/** From it come the deployment's collections and indexes, the clean-up, the resealing, and what a backup is restored beside. */
export interface CollectionDefinition {
  readonly name: string
  readonly members: Description
  /** Names of members that hold a secret. */
  readonly sealed: readonly string[]
  readonly indexes: readonly IndexDefinition[]
  readonly retention: readonly Retention[]
  /** Also written by a deployment, by timers, and for people who are let in early: not only for merchants. */
  readonly isEverywhere: boolean
}

interface Keeping<N extends string> {
  /** Each by its members in order, `-` before those that go down. */
  readonly indexes?: readonly (readonly (N | `-${N}`)[])[]
  readonly retention?: readonly Retention<N>[]
  readonly isEverywhere?: true
}

export const collection = <const C extends string, D extends Description>(
  name: C,
  members: D,
  { indexes = [], retention = [], isEverywhere }: Keeping<NamesIn<D> | '_id'> = {},
) => ({
  name,
  members,
  sealed: Object.entries(members).flatMap(([member, { isSealed }]) => (isSealed ? [member] : [])),
  indexes: indexes.map(toIndex),
  retention,
  isEverywhere: isEverywhere === true,
})

const toIndex = (names: readonly string[]): IndexDefinition => ({
  name: names.map((name) => name.replace('-', '').replaceAll('.', '_')).join('_'),
  fields: names.map((name) => (name.startsWith('-') ? { name: name.slice(1), direction: -1 } : { name, direction: 1 })),
})

/* What only the database needs stands beside what our rules know. */

const ordered = { order: text }
const dueOnce = { dueAt: optional(time) }
const leased = {
  leaseOwner: optional(text),
  leaseUntil: optional(time),
  leasedAt: optional(time),
  askedAt: optional(time),
  fence: optional(number),
}
const telling = {
  outbox: optional(byName(text)),
  outboxAt: optional(byName(time)),
  untold: optional(time),
  revision: optional(number),
}

const { leased: _, ...tokens } = tokenState
const renewed = {
  ...tokens,
  ...leased,
  ...dueOnce,
  accessToken: sealed,
  unresolved: flag,
  doubtful: flag,
}

/** Documents of several kinds. */
const platform = {
  ...renewed,
  turns: optional(byName(time)),
  sweptAt: optional(time),
  processedAt: optional(time),
  syncedAt: optional(time),
  ...syncPosition,
  saves: number,
  ...breaker,
  /** How far the resealing is. */
  step: number,
  doneAt: optional(time),
  /** What a deployment did. */
  done: byName(text),
  /** A backup that is being restored. */
  backupId: text,
  frames: number,
  finished: flag,
  at: optional(time),
}

const described = [
  collection('platform', platform, { isEverywhere: true }),
  collection(
    'authorizers',
    {
      ...authorizer,
      ...renewed,
      ...telling,
      refreshToken: sealed,
      formerRefreshToken: sealed,
      eventTakenAt: optional(time),
      readDueAt: optional(time),
      noticed: flag,
      happened: optional(list(nested(accountHappening))),
    },
    {
      indexes: [
        ['status', 'dueAt'],
        ['status', '_id'],
        ['status', 'readDueAt'],
        ['businessId'],
        ['codeId'],
        ['firstCodeId'],
        ['userName'],
        ['leaseOwner'],
        ['failures'],
        ['refusalErrcode'],
        ['replacedAt'],
        ['conflict.businessId'],
        ['accountStatus'],
        ['noticed'],
        ['untold'],
      ],
    },
  ),
  collection(
    'bindings',
    { ...binding, ...telling, links: optional(number) },
    { indexes: [['businessId'], ['appid'], ['status', '_id'], ['untold']] },
  ),
  collection(
    'invites',
    { ...invite, open: flag },
    { indexes: [['businessId', 'expiresAt'], ['expiresAt']], retention: [{ since: 'expiresAt', afterMs: DAY }] },
  ),
  collection(
    'states',
    { ...authState, ...leased, preAuthId: text, preAuthCode: sealed, codeUntil: time },
    {
      indexes: [['preAuthId'], ['inviteId', 'browserId'], ['businessId'], ['expiresAt']],
      retention: [{ since: 'expiresAt', afterMs: DAY }],
    },
  ),
  collection(
    'codes',
    { ...code, ...leased, expiresAt: time },
    { indexes: [['expiresAt']], retention: [{ since: 'expiresAt', afterMs: 0 }] },
  ),
  collection('templateSettings', templateSettings),
  collection(
    'pushes',
    { ...push, ...ordered, ...dueOnce, secrets: sealed },
    {
      indexes: [
        ['type', '-createTime', '-receivedAt'],
        ['appid', 'type', '-createTime'],
        ['state', 'dueAt'],
        ['order'],
        ['appid', 'order'],
        ['type', 'order'],
        ['receivedAt'],
      ],
      retention: [{ since: 'receivedAt', afterMs: 30 * DAY, where: { state: { in: ['done', 'failed'] } } }],
      isEverywhere: true,
    },
  ),
  collection(
    'nonces',
    { nonceId: id, bodyId: text, receivedAt: time },
    { indexes: [['receivedAt']], retention: [{ since: 'receivedAt', afterMs: 10 * MINUTE }], isEverywhere: true },
  ),
  collection(
    'releases',
    {
      ...release,
      ...telling,
      ...ordered,
      ...dueOnce,
      due: flag,
      heldUp: mark,
      changedAt: time,
      happened: list(nested(releaseHappening)),
      /** Of the call that wrote many last. */
      mark: optional(text),
    },
    {
      indexes: [
        ['appid', '-number'],
        ['appid', 'order'],
        ['due', 'dueAt'],
        ['heldUp'],
        ['order'],
        ['state', 'order'],
        ['state', 'appid'],
        ['rolloutId', 'changedAt'],
        ['rolloutId', 'order'],
        ['untold'],
      ],
    },
  ),
  collection(
    'activity',
    {
      ...activity,
      ...leased,
      ...ordered,
      slot: text,
      inputId: text,
      keyed: flag,
      keyUntil: optional(time),
      memo: optional(text),
      answer: sealed,
    },
    {
      indexes: [
        ['slot', '-startedAt'],
        ['order'],
        ['appid', 'order'],
        ['operation', 'order'],
        ['identity', 'order'],
        ['keyUntil'],
        ['startedAt'],
      ],
      retention: [
        // An entry that a later one of its key follows leads to it for as long as that one may be asked for.
        { since: 'startedAt', afterMs: 365 * DAY, andSince: { since: 'askedAt', afterMs: 8 * DAY } },
        { since: 'keyUntil', afterMs: 0, change: { set: { state: 'done' }, unset: ['answer', 'keyUntil'] } },
      ],
      isEverywhere: true,
    },
  ),
  collection(
    'problems',
    { ...notedProblem, ...telling, closedAt: optional(time) },
    {
      indexes: [['closed', 'since'], ['closed', 'closedAt'], ['told', 'since'], ['untold']],
      retention: [{ since: 'closedAt', afterMs: 365 * DAY, where: { closed: true } }],
      isEverywhere: true,
    },
  ),
  collection('admins', { ...admin, revision: optional(number) }, { isEverywhere: true }),
  collection('apiKeys', apiKey, { indexes: [['person']], isEverywhere: true }),
  collection(
    'sessions',
    { ...session, ...ordered },
    {
      indexes: [['state', 'order'], ['identity', 'state', 'order'], ['decidedAt'], ['endsAt']],
      retention: [{ since: 'endsAt', afterMs: 30 * DAY }],
      isEverywhere: true,
    },
  ),
  collection(
    'confirmations',
    { ...confirmation, ...ordered },
    {
      indexes: [['state', 'order'], ['expiresAt']],
      retention: [{ since: 'expiresAt', afterMs: DAY }],
      isEverywhere: true,
    },
  ),
  collection(
    'rollouts',
    { ...rollout, ...telling, ...leased, ...ordered, ...dueOnce },
    { indexes: [['order'], ['state', 'order'], ['dueAt'], ['untold']] },
  ),
  collection(
    'rolloutItems',
    { ...rolloutItem, ...dueOnce },
    {
      indexes: [
        ['rolloutId', '_id'],
        ['rolloutId', 'appid'],
        ['rolloutId', 'state', 'dueAt'],
        ['rolloutId', 'wave'],
      ],
    },
  ),
  collection('subscriptions', { ...subscription, ...leased, secret: sealed, formerSecret: sealed }),
  collection(
    'deliveries',
    { ...delivery, ...ordered, place: text },
    {
      indexes: [
        ['subscriptionId', 'state', 'createdAt', 'order'],
        ['place'],
        ['subscriptionId', 'place'],
        ['state', 'place'],
        ['type', 'place'],
        ['appid', 'place'],
        ['state', 'expiresAt'],
        ['state', 'dueAt'],
        ['createdAt'],
      ],
      retention: [
        { since: 'createdAt', afterMs: 30 * DAY, where: { state: { in: ['delivered', 'dead'] } } },
        // Those of subscriptions that are switched off; others end when their last attempt has failed.
        { since: 'expiresAt', afterMs: HOUR, where: { state: 'waiting' }, change: { set: { state: 'dead' } } },
      ],
    },
  ),
] as const

type Described = (typeof described)[number]

/** Everything that is stored. Each `_id` is the thing's own name, so that "already there" is decided by the database; all collections are ADMINONLY. */
export const collections: readonly CollectionDefinition[] = described

type SealedPlaces = { [C in Described as C['name']]: SealedIn<C['members']> }

/** Collections with sealed members. */
export type SealedCollection = {
  [N in keyof SealedPlaces]: [SealedPlaces[N]] extends [never] ? never : N
}[keyof SealedPlaces]

export type SealedMember<N extends SealedCollection> = SealedPlaces[N]
