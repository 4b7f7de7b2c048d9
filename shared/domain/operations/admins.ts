import * as v from 'valibot'
import { Failure } from '../../errors.ts'
import { epochMs } from '../../time.ts'
import { createApiKey, listApiKeys } from '../callers/api-keys.ts'
import { roleOf } from '../callers/caller.ts'
import { appid, choice, page, text } from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import { databaseTime } from '../platform.ts'
import { roles } from '../stores/admins.ts'

const adminId = v.pipe(v.string('must be a string'), v.regex(/^[\w.:@-]{1,128}$/, 'must be an OPENID or uid'))
const role = choice(roles)

const futureTime = v.pipe(
  v.string('must be a time as in 2027-01-31T00:00:00Z'),
  v.isoTimestamp('must be a time as in 2027-01-31T00:00:00Z'),
)

export const adminOperations = {
  'admins.me': reading({
    role: 'viewer',
    summary: 'Who calls, and in which role',
    input: {},
    run: async (platform, _input, { caller }) => ({
      id: caller.identity.replace(/^\w+:/, ''),
      role: caller.role ?? (await roleOf(platform, caller.identity)),
    }),
  }),
  'admins.list': reading({
    role: 'owner',
    summary: 'People who may use the platform, those of ADMIN_OPENIDS first',
    input: page,
    run: async (platform, input) => {
      const { items, ...rest } = await platform.stores.admins.list(input)
      const fixed = platform.settings.adminOpenids
      const first = input.cursor === undefined ? fixed.map((id) => ({ id, role: 'owner' as const, fixed: true })) : []
      return { ...rest, items: [...first, ...items.filter((admin) => !fixed.includes(admin.id))] }
    },
  }),
  'admins.put': changing({
    role: 'owner',
    summary: 'Give a person a role',
    input: { id: adminId, role, name: v.optional(text(64)) },
    run: async (platform, { id, role: given, name }) => {
      await platform.stores.admins.put({ id, role: given, ...(name !== undefined && { name }) })
      platform.memory.roles.clear()
      return { id, role: given, ...(name !== undefined && { name }) }
    },
  }),
  'admins.delete': changing({
    role: 'owner',
    summary: "Take a person's role away",
    input: { id: adminId },
    run: async (platform, { id }, { begunBefore }) => {
      if (platform.settings.adminOpenids.includes(id)) throw new Failure('OWNER_BY_CONFIGURATION', { field: 'id' })
      if (!(await platform.stores.admins.remove(id)) && begunBefore === undefined)
        throw new Failure('ADMIN_UNKNOWN', { field: 'id' })
      platform.memory.roles.clear()
      return {}
    },
  }),
  'apiKeys.create': changing({
    role: 'owner',
    summary: 'Make an API key; it is shown this once',
    input: {
      name: text(64),
      role,
      operations: v.optional(
        v.pipe(
          v.array(text(64), 'must be a list'),
          v.minLength(1, 'must not be empty'),
          v.maxLength(200, 'must have at most 200 members'),
        ),
      ),
      appids: v.optional(
        v.pipe(
          v.array(appid, 'must be a list'),
          v.minLength(1, 'must not be empty'),
          v.maxLength(1000, 'must have at most 1000 members'),
        ),
      ),
      expiresAt: v.optional(futureTime),
    },
    run: (platform, { expiresAt, ...wish }, { caller, activityId }) => {
      const end = expiresAt === undefined ? undefined : epochMs(Date.parse(expiresAt))
      if (end !== undefined && end <= databaseTime(platform)) throw new Failure('ALREADY_PAST', { field: 'expiresAt' })
      return createApiKey(platform, caller, { ...wish, expiresAt: end }, activityId)
    },
  }),
  'apiKeys.list': reading({
    role: 'owner',
    summary: 'API keys, without the keys themselves',
    input: page,
    run: (platform, input) => listApiKeys(platform, input),
  }),
  'apiKeys.revoke': changing({
    role: 'owner',
    summary: 'Revoke an API key at once',
    input: { keyId: text(64) },
    run: async (platform, { keyId }, { begunBefore }) => {
      const isRevoked = await platform.stores.admins.revokeKey(keyId, databaseTime(platform))
      if (!isRevoked && !(begunBefore !== undefined && (await platform.stores.admins.findKey(keyId))))
        throw new Failure('KEY_UNKNOWN', { field: 'keyId' })
      return {}
    },
  }),
}
