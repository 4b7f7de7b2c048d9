import { readMember, sealed } from '../domain/stores/forms.ts'
import type { SealedCollection, SealedMember } from './collections.ts'
import type { Row } from './requests.ts'
import type { Vault } from './sealing.ts'

export interface SealedMembers<M extends string> {
  readonly seal: (id: string, member: M, plain: string) => string
  /** Undefined where there is none. */
  readonly open: (row: Row, member: M) => string | undefined
}

/** Those that the collection's description names. */
export const createSealedMembers = <N extends SealedCollection>(
  vault: Vault,
  collection: N,
): SealedMembers<SealedMember<N>> => ({
  seal: (id, field, plain) => vault.seal(plain, { collection, id, field }),
  open(row, field) {
    const kept = readMember(row, field, sealed)
    return kept === undefined ? undefined : vault.open(kept, { collection, id: row._id, field })
  },
})
