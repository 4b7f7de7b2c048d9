import * as v from 'valibot'
import { pollSession } from '../domain/callers/session-polls.ts'
import { writeCode } from '../domain/callers/sign-in-code.ts'
import { failureOfIssue } from '../domain/input-flaws.ts'
import { askShape, pollShape } from '../domain/operations/sign-in.ts'
import { assertNoListForObject, assertPlain } from '../domain/plain-input.ts'
import type { Platform } from '../domain/platform.ts'
import { toIso } from '../time.ts'

/* A browser asks to be let in: no identity, and nothing is stored before a person has decided. */

/** What `/sessions` and `/sessions/{sessionId}` answer. */
export async function signIn(
  platform: Platform,
  sessionId: string | undefined,
  given: unknown,
  mayWait: () => boolean,
): Promise<object> {
  assertPlain(given)
  if (sessionId === undefined) {
    const { secretHash, browser = '' } = take(askShape, given)
    const asked = writeCode(platform, { secretHash, browser })
    return { ...asked, expiresAt: toIso(asked.expiresAt) }
  }
  const polled = await pollSession(platform, { sessionId, ...take(pollShape, given) }, mayWait)
  return polled.state === 'approved' ? { ...polled, expiresAt: toIso(polled.expiresAt) } : polled
}

function take<S extends v.GenericSchema>(schema: S, given: unknown): v.InferOutput<S> {
  assertNoListForObject(schema, given)
  const parsed = v.safeParse(schema, given, { abortEarly: true })
  if (!parsed.success) throw failureOfIssue(parsed.issues[0])
  return parsed.output
}
