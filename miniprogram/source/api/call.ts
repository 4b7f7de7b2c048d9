import { isAnswer } from '../../../client/src/answer.ts'
import type { OperationName, Operations } from '../../../client/src/operations.ts'
import { language } from '../text/language.ts'
import { cloudReason } from './cloud-reason.ts'
import { Refused } from './refused.ts'

type Input<N extends OperationName> = Operations[N]['input']

type MayBeEmpty<I> = I extends Readonly<Record<string, never>> ? true : Partial<I> extends I ? true : false

/** Keys of calls whose outcome is not known: who asks for the same again gets the first outcome, not a second effect. */
const openKeys = new Map<string, string>()

/**
 * Calls one operation as the person who uses the mini program.
 *
 * @throws Refused
 */
export async function call<N extends OperationName>(
  operation: N,
  ...[input = {}]: MayBeEmpty<Input<N>> extends true ? [input?: Input<N>] : [input: Input<N>]
): Promise<Operations[N]['data']> {
  if (!CHANGING_OPERATIONS.includes(operation)) return send<Operations[N]['data']>(operation, input)
  const call = `${operation} ${JSON.stringify(input)}`
  const idempotencyKey = openKeys.get(call) ?? newKey()
  openKeys.set(call, idempotencyKey)
  try {
    const data = await send<Operations[N]['data']>(operation, { ...input, idempotencyKey })
    openKeys.delete(call)
    return data
  } catch (error) {
    if (!(error instanceof Refused) || error.refusal.code !== 'UNREACHABLE') openKeys.delete(call)
    throw error
  }
}

async function send<T>(operation: OperationName, input: object): Promise<T> {
  let result: unknown
  try {
    const data = { operation, input, language: language() }
    // One function for all: those with a name of their own would each have to start first.
    result = (await wx.cloud.callFunction({ name: 'manage', data })).result
  } catch (error) {
    throw unreachable(error)
  }
  if (!isAnswer<T>(result)) throw unreachable(undefined)
  if (result.ok) return result.data
  throw new Refused(result.error)
}

function unreachable(cause: unknown): Refused {
  const { errMsg }: { errMsg?: unknown } = typeof cause === 'object' && cause !== null ? cause : {}
  return new Refused({
    code: 'UNREACHABLE',
    message: typeof errMsg === 'string' ? errMsg : 'cloud.callFunction:fail',
    retryable: true,
    errCode: cloudReason(cause),
  })
}

/** Unique per person and operation is enough. */
const newKey = (): string => `${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}`
