import { authorizer, type Authorizer, type CurrentRelease } from '../domain/stores/authorizers.ts'
import { optional, reader, readMember, time, type RecordOf } from '../domain/stores/forms.ts'
import { releaseIdOf } from '../domain/stores/releases.ts'
import { present } from '../record.ts'
import type { Row } from './requests.ts'

const readAuthorizer = reader(authorizer)

type ReleaseHere = RecordOf<typeof authorizer>['currentRelease']

/** An account as our rules know it; of its tokens only whether they are there. */
export function toAuthorizer(row: Row): Authorizer {
  const { currentRelease, drift, refusalErrcode, refusalErrmsg, notices, filing, watchedAt, ...account } =
    readAuthorizer(row)
  return {
    ...account,
    hasRefreshToken: typeof row['refreshToken'] === 'string',
    watched: { notices, ...present({ filing, watchedAt }) },
    ...present({
      tokenExpiresAt: typeof row['accessToken'] === 'string' ? readMember(row, 'expiresAt', optional(time)) : undefined,
      currentRelease: releaseOf(account.appid, currentRelease),
      drift: releaseOf(account.appid, drift),
      refusal: refusalErrcode === undefined ? undefined : { errcode: refusalErrcode, errmsg: refusalErrmsg },
    }),
  }
}

function releaseOf(appid: string, release: ReleaseHere): CurrentRelease | undefined {
  if (!release) return undefined
  const { number = 0, releaseId = releaseIdOf(appid, number), ...known } = release
  return { ...known, releaseId }
}
