import type { Account, AccountNames, AccountStore } from '../domain/stores/accounts.ts'
import { number, reader, readMember, time } from '../domain/stores/forms.ts'
import { authState, invite } from '../domain/stores/invites.ts'
import { toAuthorizer } from './to-authorizer.ts'
import { bindableTypes } from '../domain/stores/authorizers.ts'
import { binding, bindingIdOf } from '../domain/stores/bindings.ts'
import { toCodeRecord } from './code-store.ts'
import type { Database, Look } from './database.ts'
import { toProblem } from './problem-store.ts'
import { newestOf } from './push-store.ts'
import { readRecent, recentReleases } from './recent-releases.ts'
import type { Query, Row } from './requests.ts'
import { templateSettings } from '../domain/stores/template-settings.ts'
import type { Vault } from './sealing.ts'
import { createSealedTokens, hasFence, placeOf, type SealedTokens } from './sealed-tokens.ts'

interface Part<T> {
  /** Undefined: its name is not known. */
  readonly look: (names: AccountNames) => Look | readonly Look[] | undefined
  readonly read: (rows: readonly Row[]) => T
}

const all = (collection: string, query: Query, limit = 1): Look => ({ collection, query, limit, fields: 'all' })

const ofId = (collection: string, id: string | undefined): Look | undefined =>
  id === undefined ? undefined : all(collection, { _id: id })

const first =
  <T>(read: (row: Row) => T) =>
  ([row]: readonly Row[]): T | undefined =>
    row && read(row)

const partsOf = (tokens: SealedTokens): { readonly [P in keyof Account]: Part<Account[P]> } => ({
  authorizer: { look: ({ appid }) => ofId('authorizers', appid), read: first(toAuthorizer) },
  token: {
    look: ({ appid }) => ofId('authorizers', appid),
    read: ([row]) =>
      row && hasFence(row) ? tokens.toLenientState(row, placeOf({ kind: 'authorizer', appid: row._id })) : undefined,
  },
  withdrawnAt: {
    look: ({ appid }) => ({ ...newestOf(appid, 'wechat.unauthorized'), fields: ['createTime'] }),
    read: first((row) => readMember(row, 'createTime', number)),
  },
  pushedAt: {
    look: ({ pushId }) =>
      pushId === undefined ? undefined : { collection: 'pushes', query: { _id: pushId }, fields: ['receivedAt'] },
    read: first((row) => readMember(row, 'receivedAt', time)),
  },
  problems: {
    look: ({ problemIds = [] }) => all('problems', { _id: { in: problemIds }, closed: false }, problemIds.length),
    read: (rows) => rows.map(toProblem),
  },
  binding: { look: ({ appid }) => all('bindings', { appid }), read: first(reader(binding)) },
  bindings: {
    look: ({ businessId }) =>
      businessId === undefined
        ? undefined
        : all(
            'bindings',
            { _id: { in: bindableTypes.map((type) => bindingIdOf(type, businessId)) } },
            bindableTypes.length,
          ),
    read: (rows) => rows.map(reader(binding)),
  },
  invite: { look: ({ inviteId }) => ofId('invites', inviteId), read: first(reader(invite)) },
  page: {
    look: ({ preAuthId, stateId }) =>
      preAuthId === undefined ? ofId('states', stateId) : all('states', { preAuthId }),
    read: first(reader(authState)),
  },
  code: { look: ({ codeId }) => ofId('codes', codeId), read: first(toCodeRecord) },
  settings: {
    look: ({ settingsKey }) => ofId('templateSettings', settingsKey),
    read: ([row]) => (row ? reader(templateSettings)(row).settings : {}),
  },
  releases: { look: ({ appid }) => recentReleases(appid), read: readRecent },
})

export function createAccountStore(database: Database, vault: Vault): AccountStore {
  const parts = partsOf(createSealedTokens(vault))
  return {
    async load(names, ...wanted) {
      const looksOf = (name: keyof Account) =>
        [parts[name].look(names) ?? []].flat().map((look, place) => [`${name}${place}`, look] as const)
      const found = await database.findEach(Object.fromEntries(wanted.flatMap(looksOf)))
      const rowsOf = (name: keyof Account) => looksOf(name).flatMap(([place]) => found[place] ?? [])
      return Object.assign({}, ...wanted.map((name) => ({ [name]: parts[name].read(rowsOf(name)) })))
    },
  }
}
