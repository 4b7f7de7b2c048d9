import { flag, reader, readMember } from '../domain/stores/forms.ts'
import { tokenState, type Claim, type TokenHolder, type TokenState } from '../domain/stores/tokens.ts'
import { isFailure } from '../errors.ts'
import { after, SECOND, type EpochMs } from '../time.ts'
import type { SealedMember } from './collections.ts'
import type { Row } from './requests.ts'
import { createSealedMembers } from './sealed-members.ts'
import type { Vault } from './sealing.ts'

/** The database refuses to raise anything else, and with it the rest of the page. */
export const hasFence = (row: Row): boolean => typeof row['fence'] === 'number'

/** One attempt: WeChat's 8 s and the saves fit in twice. */
export const LEASE_MS = 20 * SECOND

/** The platform has but an access token. */
type TokenField = SealedMember<'authorizers'>

export interface Place {
  readonly collection: 'platform' | 'authorizers'
  readonly id: string
}

export const placeOf = (holder: TokenHolder): Place =>
  holder.kind === 'component'
    ? { collection: 'platform', id: 'component' }
    : { collection: 'authorizers', id: holder.appid }

interface Lease {
  readonly owner: string
  readonly now: EpochMs
  /** From a holder that let it run out. */
  readonly stolen: boolean
}

export interface SealedTokens {
  seal(place: Place, field: TokenField, token: string): string
  toState(row: Row, place: Place): TokenState
  /** A token whose key is missing counts as none. */
  toLenientState(row: Row, place: Place): TokenState
  toClaim(holder: TokenHolder, row: Row, lease: Lease): Claim
}

/** Documents with tokens. A token that was damaged counts as none; only a key that is missing in the configuration is an error. */
export function createSealedTokens(vault: Vault): SealedTokens {
  const open = (row: Row, { collection }: Place, field: TokenField): string | undefined => {
    try {
      return createSealedMembers(vault, collection).open(row, field)
    } catch (error) {
      if (isFailure(error, 'INTERNAL')) return undefined
      throw error
    }
  }
  const toState = (row: Row, place: Place): TokenState => {
    const accessToken = open(row, place, 'accessToken')
    return { ...plainState(row), ...(accessToken !== undefined && { accessToken }) }
  }
  const toLenientState = (row: Row, place: Place): TokenState => {
    try {
      return toState(row, place)
    } catch (error) {
      if (isFailure(error, 'CONFIG_INVALID')) return plainState(row)
      throw error
    }
  }

  return {
    seal: ({ collection, id }, field, token) => createSealedMembers(vault, collection).seal(id, field, token),
    toState,
    toLenientState,
    toClaim(holder, row, { owner, now, stolen }) {
      const place = placeOf(holder)
      const state = toLenientState(row, place)
      return {
        holder,
        owner,
        state,
        failures: state.failures,
        now,
        until: after(now, LEASE_MS),
        unresolved: stolen || readMember(row, 'unresolved', flag),
        doubtful: readMember(row, 'doubtful', flag),
        openRefreshTokens() {
          const current = open(row, place, 'refreshToken')
          const former = open(row, place, 'formerRefreshToken')
          return { ...(current !== undefined && { current }), ...(former !== undefined && { former }) }
        },
      }
    },
  }
}

const readState = reader(tokenState)

function plainState(row: Row): TokenState {
  const { refusalErrcode: errcode, refusalErrmsg: errmsg, ...state } = readState(row)
  return { ...state, ...(errcode !== undefined && { refusal: { errcode, errmsg } }) }
}
