import { accountKinds, conflictKinds } from '../domain/stores/authorizers.ts'
import type { Authorizer, AuthorizerStatus, CurrentRelease } from '../domain/stores/authorizers.ts'
import { epochMs } from '../time.ts'
import { toWatched } from './notice-rows.ts'
import { revisionOf } from './seen.ts'
import { releaseIdOf } from '../domain/stores/releases.ts'
import type { Row } from './requests.ts'
import {
  number,
  numbers,
  optionalFields,
  optionalNumber,
  optionalText,
  optionalTime,
  present,
  text,
  time,
  word,
} from './row.ts'

export const authorizerStatuses: readonly AuthorizerStatus[] = ['active', 'revoked', 'reauthorize']

/** A row whose profile has not been read yet has no name and counts as a mini program. */
export function toAuthorizer(row: Row): Authorizer {
  const errcode = optionalNumber(row, 'refusalErrcode')
  const hasToken = typeof row['accessToken'] === 'string'
  return {
    appid: row._id,
    status: word(row, 'status', authorizerStatuses),
    accountType: accountKinds.find((kind) => kind === row['accountType']) ?? 'miniprogram',
    nickName: optionalText(row, 'nickName') ?? '',
    principalName: optionalText(row, 'principalName') ?? '',
    funcInfo: numbers(row, 'funcInfo'),
    authorizedAt: optionalTime(row, 'authorizedAt') ?? epochMs(0),
    eventTime: optionalNumber(row, 'eventTime') ?? 0,
    hasRefreshToken: typeof row['refreshToken'] === 'string',
    failures: optionalNumber(row, 'failures') ?? 0,
    watched: toWatched(row),
    ...present({
      userName: optionalText(row, 'userName'),
      tokenExpiresAt: hasToken ? optionalTime(row, 'expiresAt') : undefined,
      businessId: optionalText(row, 'businessId'),
      currentRelease: toReleaseHere(row, 'currentRelease'),
      provenAt: optionalNumber(row, 'provenAt'),
      refusal: errcode === undefined ? undefined : { errcode, errmsg: optionalText(row, 'refusalErrmsg') ?? '' },
      profiledAt: optionalTime(row, 'profiledAt'),
      elsewhere: toElsewhere(row),
      drift: toReleaseHere(row, 'drift'),
      readAt: optionalTime(row, 'readAt'),
      conflict: toConflict(row),
      failedFor: optionalText(row, 'failedFor'),
      accountStatus: optionalNumber(row, 'accountStatus'),
      listedBy: optionalText(row, 'listedBy'),
      revision: revisionOf(row),
    }),
  }
}

function toConflict(row: Row): Authorizer['conflict'] {
  const conflict = optionalFields(row, 'conflict')
  return (
    conflict && {
      businessId: text(conflict, 'businessId'),
      kind: word(conflict, 'kind', conflictKinds),
      with: text(conflict, 'with'),
    }
  )
}

function toElsewhere(row: Row): Authorizer['elsewhere'] {
  const elsewhere = optionalFields(row, 'elsewhere')
  return (
    elsewhere && {
      version: text(elsewhere, 'version'),
      ...present({ releasedAt: optionalTime(elsewhere, 'releasedAt') }),
    }
  )
}

function toReleaseHere(row: Row, name: 'currentRelease' | 'drift'): CurrentRelease | undefined {
  const release = optionalFields(row, name)
  return (
    release && {
      releaseId: optionalText(release, 'releaseId') ?? releaseIdOf(row._id, number(release, 'number')),
      templateId: number(release, 'templateId'),
      version: text(release, 'version'),
      releasedAt: time(release, 'releasedAt'),
    }
  )
}
