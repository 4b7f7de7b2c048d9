import { Failure } from '../../errors.ts'
import type { EpochMs } from '../../time.ts'
import type { Run } from './activity.ts'
import { lowerRole } from './authorize.ts'
import type { Caller } from './caller.ts'
import { hashOfSecret, signKey } from './key-identity.ts'
import { removeOnce } from './remove-once.ts'
import { databaseTime, type Platform } from '../platform.ts'
import type { ApiKeyRecord, ConfirmBy, Role } from '../stores/admins.ts'

export interface ApiKeyInput {
  readonly name: string
  readonly role: Role
  readonly operations?: readonly string[] | undefined
  readonly appids?: readonly string[] | undefined
  readonly expiresAt?: EpochMs | undefined
  readonly confirmBy?: ConfirmBy | undefined
}

/** The key is shown this once; stored is its hash. A repeated run makes no second one: it gives the first another secret. */
export async function createApiKey(
  platform: Platform,
  caller: Caller,
  input: ApiKeyInput,
  runId: string,
): Promise<{ keyId: string; key: string }> {
  assertWithin(caller, input)
  const keyId = platform.ids.hash('apiKeyOf', runId).slice(0, 16)
  const secret = platform.ids.random() + platform.ids.random()
  const expiresAt = input.expiresAt ?? caller.key?.expiresAt
  const person = personBehind(caller)
  const confirmBy = input.confirmBy ?? caller.key?.confirmBy
  await platform.stores.admins.putKey({
    keyId,
    hash: hashOfSecret(platform, secret),
    name: input.name,
    role: input.role,
    createdAt: databaseTime(platform),
    signingKey: platform.ids.signingKey,
    ...(input.operations && { operations: input.operations }),
    ...(input.appids && { appids: input.appids }),
    ...(expiresAt !== undefined && { expiresAt }),
    ...(person !== undefined && { person }),
    ...(confirmBy && { confirmBy }),
    ...(caller.key && { makers: [caller.key.keyId, ...(caller.key.makers ?? [])] }),
  })
  return { keyId, key: `mf_${keyId}_${secret}_${signKey(platform, keyId, secret)}` }
}

/** Undefined for keys that the administrator's script made, and for those made with them: nobody's role ends them. */
const personBehind = ({ identity, key }: Caller): string | undefined => {
  if (key) return key.person
  return identity.startsWith('system:') ? undefined : identity
}

/** A key makes none that may do more or for longer than itself. (Its appids are those that it names, like any other.) */
function assertWithin({ role, operations, key }: Caller, input: ApiKeyInput): void {
  if (!key) return
  if (role !== undefined && lowerRole(role, input.role) !== input.role) throw beyondMaker('role')
  if (operations && !input.operations?.every((name) => operations.includes(name))) throw beyondMaker('operations')
  if (key.expiresAt !== undefined && input.expiresAt !== undefined && input.expiresAt > key.expiresAt)
    throw beyondMaker('expiresAt')
}

const beyondMaker = (field: string): Failure => new Failure('KEY_BEYOND_ITS_MAKER', { field })

export async function revokeApiKey(platform: Platform, keyId: string, run: Run): Promise<void> {
  const { admins } = platform.stores
  await removeOnce(run, {
    isThere: async () => {
      const known = await admins.findKey(keyId)
      return known !== undefined && known.revokedAt === undefined
    },
    remove: () => admins.revokeKey(keyId, databaseTime(platform)),
    unknown: () => new Failure('KEY_UNKNOWN', { field: 'keyId' }),
  })
  platform.memory.keys.clear()
}

/** `renew`: of the former form, or signed under a key that will go from SEAL_KEYS; a new one is to take its place. */
export const originOf = (
  platform: Platform,
  { person, makers, signingKey, revokedAt }: ApiKeyRecord,
): { readonly createdBy?: string; readonly madeWith?: string; readonly renew?: true } => ({
  ...(person !== undefined && { createdBy: person.replace(/^\w+:/, '') }),
  ...(makers?.[0] !== undefined && { madeWith: makers[0] }),
  ...(signingKey !== platform.ids.signingKey && revokedAt === undefined && { renew: true }),
})
