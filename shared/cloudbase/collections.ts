export interface IndexDefinition {
  readonly name: string
  readonly fields: readonly { readonly name: string; readonly direction: 1 | -1 }[]
  readonly unique?: boolean
}

export interface CollectionDefinition {
  readonly name: string
  readonly indexes: readonly IndexDefinition[]
}

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
  { name: 'platform', indexes: [] },
  {
    name: 'authorizers',
    indexes: [
      index('status', 'dueAt'),
      index('status', '_id'),
      index('businessId'),
      index('codeId'),
      index('userName'),
      index('leaseOwner'),
      index('failures'),
      index('refusalErrcode'),
      index('conflict.businessId'),
      index('accountStatus'),
    ],
  },
  { name: 'bindings', indexes: [index('businessId'), index('appid'), index('status', '_id'), index('untold')] },
  { name: 'invites', indexes: [index('businessId', 'expiresAt'), index('expiresAt')] },
  {
    name: 'states',
    indexes: [index('preAuthId'), index('inviteId', 'browserId'), index('businessId'), index('expiresAt')],
  },
  { name: 'codes', indexes: [index('expiresAt')] },
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
  },
  { name: 'nonces', indexes: [index('receivedAt')] },
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
  },
  {
    name: 'problems',
    indexes: [index('closed', 'since'), index('closed', 'closedAt'), index('told', 'since'), index('untold')],
  },
  { name: 'admins', indexes: [] },
  { name: 'apiKeys', indexes: [index('person')] },
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
  { name: 'subscriptions', indexes: [] },
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
  },
]
