import { accountKinds } from '../domain/stores/authorizers.ts'
import type { Claim, TokenHolder, TokenState } from '../domain/stores/tokens.ts'
import { isErrorCode } from '../error-codes.ts'
import { isFailure } from '../errors.ts'
import { after, epochMs, SECOND, type EpochMs } from '../time.ts'
import { authorizerStatuses } from '../domain/stores/authorizers.ts'
import type { Row } from './requests.ts'
import { flag, number } from './row.ts'
import type { Vault } from './sealing.ts'

/** The database refuses to raise anything else, and with it the rest of the page. */
export const hasFence = (row: Row): boolean => typeof row['fence'] === 'number'

/** One attempt: WeChat's 8 s and the saves fit in twice. */
export const LEASE_MS = 20 * SECOND

export type TokenField = 'accessToken' | 'refreshToken' | 'formerRefreshToken'

export interface Place {
  readonly collection: string
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

export interface TokenRows {
  seal(place: Place, field: TokenField, token: string): string
  toState(row: Row, place: Place): TokenState
  /** A token whose key is missing counts as none. */
  toLenientState(row: Row, place: Place): TokenState
  toClaim(holder: TokenHolder, row: Row, lease: Lease): Claim
}

/**
 * Documents with tokens. Nothing in them but the fence must be well-formed: what cannot be read counts as missing, and
 * the next refresh writes it anew. Only a key that is missing in the configuration is an error.
 */
export function createTokenRows(vault: Vault): TokenRows {
  const open = (row: Row, { collection, id }: Place, field: TokenField): string | undefined => {
    const sealed = row[field]
    if (typeof sealed !== 'string') return undefined
    try {
      return vault.open(sealed, { collection, id, field })
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
    seal: ({ collection, id }, field, token) => vault.seal(token, { collection, id, field }),
    toState,
    toLenientState,
    toClaim(holder, row, { owner, now, stolen }) {
      const place = placeOf(holder)
      return {
        holder,
        owner,
        state: toLenientState(row, place),
        now,
        until: after(now, LEASE_MS),
        unresolved: stolen || flag(row, 'unresolved'),
        doubtful: flag(row, 'doubtful'),
        failures: numberIn(row, 'failures') ?? 0,
        openRefreshTokens() {
          const current = open(row, place, 'refreshToken')
          const former = open(row, place, 'formerRefreshToken')
          return { ...(current !== undefined && { current }), ...(former !== undefined && { former }) }
        },
      }
    },
  }
}

function plainState(row: Row): TokenState {
  const errcode = numberIn(row, 'refusalErrcode')
  const failedFor = textIn(row, 'failedFor')
  const triedTicket = textIn(row, 'triedTicket')
  const retryAt = timeIn(row, 'retryAt')
  const usedAt = timeIn(row, 'usedAt')
  const authorizedAt = timeIn(row, 'authorizedAt')
  const savedAt = timeIn(row, 'tokenSavedAt')
  const accountStatus = numberIn(row, 'accountStatus')
  const accountType = accountKinds.find((kind) => kind === row['accountType'])
  const { funcInfo } = row
  return {
    fence: number(row, 'fence'),
    tokenFence: numberIn(row, 'tokenFence') ?? 0,
    expiresAt: timeIn(row, 'expiresAt') ?? epochMs(0),
    status: authorizerStatuses.find((status) => status === row['status']) ?? 'active',
    funcInfo: Array.isArray(funcInfo) ? funcInfo.filter((id): id is number => typeof id === 'number') : [],
    leased: (row['leaseOwner'] ?? null) !== null,
    failures: numberIn(row, 'failures') ?? 0,
    ...(errcode !== undefined && { refusal: { errcode, errmsg: textIn(row, 'refusalErrmsg') ?? '' } }),
    ...(failedFor !== undefined && isErrorCode(failedFor) && { failedFor }),
    ...(triedTicket !== undefined && { triedTicket }),
    ...(retryAt !== undefined && { retryAt }),
    ...(usedAt !== undefined && { usedAt }),
    ...(authorizedAt !== undefined && { authorizedAt }),
    ...(savedAt !== undefined && { savedAt }),
    ...(accountStatus !== undefined && { accountStatus }),
    ...(accountType !== undefined && { accountType }),
  }
}

const numberIn = (row: Row, field: string): number | undefined => {
  const value = row[field]
  return typeof value === 'number' ? value : undefined
}

const textIn = (row: Row, field: string): string | undefined => {
  const value = row[field]
  return typeof value === 'string' ? value : undefined
}

const timeIn = (row: Row, field: string): EpochMs | undefined => {
  const value = row[field]
  return value instanceof Date ? epochMs(value.getTime()) : undefined
}
