import { Failure } from '../../errors.ts'
import { HOUR } from '../../time.ts'
import { newestFirst, type Platform } from '../platform.ts'
import type { SessionRecord } from '../stores/sessions.ts'
import type { Run } from './activity.ts'
import { hasRole } from './authorize.ts'
import { assertPerson, type Caller } from './caller.ts'
import { removeOnce } from './remove-once.ts'
import { SESSION_HOURS } from './session-life.ts'
import { isCheck, isOver, readCode, type SignIn } from './sign-in-code.ts'

/** What waits for this person's decision. */
export async function openSignIn(platform: Platform, caller: Caller, code: string): Promise<SignIn> {
  const asked = readForDecision(platform, caller, code)
  if (await platform.stores.sessions.find(asked.sessionId)) throw new Failure('SIGN_IN_DECIDED', { field: 'code' })
  return asked
}

/** A wrong check spends the code: whoever guesses has one guess. */
export async function approveSignIn(platform: Platform, caller: Caller, code: string, check: string): Promise<void> {
  const asked = readForDecision(platform, caller, code)
  const isRight = isCheck(platform, code, asked, check)
  await decide(platform, caller, asked, isRight ? 'approved' : 'denied')
  if (!isRight) throw new Failure('CHECK_WRONG', { field: 'check' })
}

export const denySignIn = (platform: Platform, caller: Caller, code: string): Promise<void> =>
  decide(platform, caller, readForDecision(platform, caller, code), 'denied')

function readForDecision(platform: Platform, caller: Caller, code: string): SignIn {
  assertPerson(caller)
  const asked = readCode(platform, code)
  if (!asked) throw new Failure('SIGN_IN_CODE_FOREIGN', { field: 'code' })
  if (isOver(platform, asked)) throw new Failure('SIGN_IN_OVER', { field: 'code' })
  return asked
}

/** The same decision of the same person once more is the one that was made. */
async function decide(
  platform: Platform,
  { identity }: Caller,
  { sessionId, secretHash, browser }: SignIn,
  state: SessionRecord['state'],
): Promise<void> {
  const { sessions } = platform.stores
  const lasts = state === 'approved' ? SESSION_HOURS * HOUR : 0
  const order = newestFirst(platform)
  if (await sessions.decide({ sessionId, state, identity, browser, secretHash, order, lasts })) return
  const made = await sessions.find(sessionId)
  if (made?.identity !== identity || made.state !== state) throw new Failure('SIGN_IN_DECIDED', { field: 'code' })
}

/** Whose sessions a caller sees and ends: everybody's as an owner, else his own. */
const whose = ({ role, identity }: Caller): string | undefined =>
  role !== undefined && hasRole(role, 'owner') ? undefined : identity

export const listSessions = (
  platform: Platform,
  caller: Caller,
  page: Parameters<Platform['stores']['sessions']['list']>[1],
) => platform.stores.sessions.list(whose(caller), page)

export async function endSession(platform: Platform, sessionId: string, run: Run): Promise<void> {
  const { sessions } = platform.stores
  const owner = whose(run.caller)
  await removeOnce(run, {
    isThere: async () => {
      const known = await sessions.find(sessionId)
      const isOurs = known !== undefined && (owner === undefined || known.identity === owner)
      return isOurs && known.state === 'approved'
    },
    remove: () => sessions.end(sessionId),
    unknown: () => new Failure('SESSION_UNKNOWN', { field: 'sessionId' }),
  })
  platform.memory.sessions.clear()
}
