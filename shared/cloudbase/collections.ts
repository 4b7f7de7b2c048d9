import { DAY, HOUR, MINUTE } from '../time.ts'
import type { Change, Query } from './requests.ts'

export interface IndexDefinition {
  readonly name: string
  readonly fields: readonly { readonly name: string; readonly direction: 1 | -1 }[]
  readonly unique?: boolean
}

/** What has had its time, by the database's clock, and what becomes of it. */
export interface Retention {
  readonly over: (before: (milliseconds: number) => Date) => Query
  /** Default: the documents go. */
  readonly change?: Change
}

/** From it come the deployment's collections and indexes, the clean-up, the resealing and what a backup is restored beside. */
export interface CollectionDefinition {
  readonly name: string
  readonly indexes: readonly IndexDefinition[]
  /** Fields that hold a secret under SEAL_KEYS. */
  readonly sealed?: readonly string[]
  readonly retention?: readonly Retention[]
  /** Also written by a deployment, by timers, and for people who are let in early: not only for merchants. */
  readonly isEverywhere?: true
}

const goes = (field: string, afterMs: number, further: Query = {}): Retention => ({
  over: (before) => ({ [field]: { lte: before(afterMs) }, ...further }),
})

const index = (...fields: string[]): IndexDefinition => ({
  name: fields.map((field) => field.replace('-', '').replaceAll('.', '_')).join('_'),
  fields: fields.map((field) =>
    field.startsWith('-') ? { name: field.slice(1), direction: -1 } : { name: field, direction: 1 },
  ),
})

/**
 * Everything that is stored. Each `_id` is the thing's own name, so that "already there" is decided by the
 * database; all collections are ADMINONLY.
 */
export const collections: readonly CollectionDefinition[] = [
  { name: 'platform', indexes: [], sealed: ['accessToken'], isEverywhere: true },
  {
    name: 'authorizers',
    indexes: [
      index('status', 'dueAt'),
      index('status', '_id'),
      index('status', 'readDueAt'),
      index('businessId'),
      index('codeId'),
      index('userName'),
      index('leaseOwner'),
      index('failures'),
      index('refusalErrcode'),
      index('replacedAt'),
      index('conflict.businessId'),
      index('accountStatus'),
      index('noticed'),
      index('untold'),
    ],
    sealed: ['accessToken', 'refreshToken', 'formerRefreshToken'],
  },
  { name: 'bindings', indexes: [index('businessId'), index('appid'), index('status', '_id'), index('untold')] },
  {
    name: 'invites',
    indexes: [index('businessId', 'expiresAt'), index('expiresAt')],
    retention: [goes('expiresAt', DAY)],
  },
  {
    name: 'states',
    indexes: [index('preAuthId'), index('inviteId', 'browserId'), index('businessId'), index('expiresAt')],
    sealed: ['preAuthCode'],
    retention: [goes('expiresAt', DAY)],
  },
  { name: 'codes', indexes: [index('expiresAt')], retention: [goes('expiresAt', 0)] },
  { name: 'templateSettings', indexes: [] },
  {
    name: 'pushes',
    indexes: [
      index('type', '-createTime', '-receivedAt'),
      index('appid', 'type', '-createTime'),
      index('state', 'dueAt'),
      index('order'),
      index('appid', 'order'),
      index('type', 'order'),
      index('receivedAt'),
    ],
    sealed: ['secrets'],
    retention: [goes('receivedAt', 30 * DAY, { state: { in: ['done', 'failed'] } })],
    isEverywhere: true,
  },
  {
    name: 'nonces',
    indexes: [index('receivedAt')],
    retention: [goes('receivedAt', 10 * MINUTE)],
    isEverywhere: true,
  },
  {
    name: 'releases',
    indexes: [
      index('appid', '-number'),
      index('appid', 'order'),
      index('due', 'dueAt'),
      index('heldUp'),
      index('order'),
      index('state', 'order'),
      index('state', 'appid'),
      index('rolloutId', 'changedAt'),
      index('rolloutId', 'order'),
      index('untold'),
    ],
  },
  {
    name: 'activity',
    indexes: [
      index('slot', '-startedAt'),
      index('order'),
      index('appid', 'order'),
      index('operation', 'order'),
      index('identity', 'order'),
      index('keyUntil'),
      index('startedAt'),
    ],
    sealed: ['answer'],
    retention: [
      // An entry that a later one of its key follows leads to it for as long as that one may be asked for.
      {
        over: (before) => ({
          startedAt: { lte: before(365 * DAY) },
          $or: [{ askedAt: null }, { askedAt: { lte: before(8 * DAY) } }],
        }),
      },
      { ...goes('keyUntil', 0), change: { set: { state: 'done' }, unset: ['answer', 'keyUntil'] } },
    ],
    isEverywhere: true,
  },
  {
    name: 'problems',
    indexes: [index('closed', 'since'), index('closed', 'closedAt'), index('told', 'since'), index('untold')],
    retention: [goes('closedAt', 365 * DAY, { closed: true })],
    isEverywhere: true,
  },
  { name: 'admins', indexes: [], isEverywhere: true },
  { name: 'apiKeys', indexes: [index('person')], isEverywhere: true },
  {
    name: 'sessions',
    indexes: [index('state', 'order'), index('identity', 'state', 'order'), index('decidedAt'), index('endsAt')],
    retention: [goes('endsAt', 30 * DAY)],
    isEverywhere: true,
  },
  {
    name: 'confirmations',
    indexes: [index('state', 'order'), index('expiresAt')],
    retention: [goes('expiresAt', DAY)],
    isEverywhere: true,
  },
  { name: 'rollouts', indexes: [index('order'), index('state', 'order'), index('dueAt'), index('untold')] },
  {
    name: 'rolloutItems',
    indexes: [
      index('rolloutId', '_id'),
      index('rolloutId', 'appid'),
      index('rolloutId', 'state', 'dueAt'),
      index('rolloutId', 'wave'),
    ],
  },
  { name: 'subscriptions', indexes: [], sealed: ['secret', 'formerSecret'] },
  {
    name: 'deliveries',
    indexes: [
      index('subscriptionId', 'state', 'createdAt', 'order'),
      index('place'),
      index('subscriptionId', 'place'),
      index('state', 'place'),
      index('state', 'expiresAt'),
      index('state', 'dueAt'),
      index('createdAt'),
    ],
    retention: [
      goes('createdAt', 30 * DAY, { state: { in: ['delivered', 'dead'] } }),
      // Those of subscriptions that are switched off; others end when their last attempt has failed.
      { ...goes('expiresAt', HOUR, { state: 'waiting' }), change: { set: { state: 'dead' } } },
    ],
  },
]
