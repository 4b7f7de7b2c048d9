import { openApp } from '../app.ts'
import { identityOf, isHttpEvent, readContext } from '../cloudbase/function-events.ts'
import { CALLS_PER_MINUTE, type CallLimit } from '../domain/callers/call-limit.ts'
import { callerOfKey, noteKeyUse } from '../domain/callers/key-identity.ts'
import type { Caller } from '../domain/callers/caller.ts'
import { isOperation, perform, type OperationTable } from '../domain/operation.ts'
import { tableOf } from '../domain/operations/table.ts'
import type { Platform } from '../domain/platform.ts'
import { Failure } from '../errors.ts'
import { noteOperation } from '../current-call.ts'
import { languages, type Language } from '../words/language.ts'
import { answer, type Answer } from './answer.ts'
import { createRateLimit } from './rate-limit.ts'

/** Below the function's time limit of 60 s many operations fit; none may hang on one. */
const DATABASE_TIMEOUT_MS = 8000

type Main = (event: unknown, context: unknown) => Promise<Answer>

interface Asked {
  readonly table: OperationTable
  readonly operation: unknown
  readonly input: unknown
  /** A key of the event that means nothing here. */
  readonly unknownKey?: string | undefined
}

/** The event is the input; `action` names another operation than the function's own. The rows of these nouns say which. */
export const operationFunction = (functionName: string, ...nouns: readonly string[]): Main =>
  adminFunction(async ({ action, ...input }) => {
    const tables = await Promise.all(nouns.map((noun) => tableOf(`${noun}.`)))
    const table: OperationTable = Object.assign({}, ...tables)
    const [operation] =
      Object.entries(table).find(([, { door }]) => door?.[0] === functionName && door[1] === action) ?? []
    return { table, operation, input }
  })

/** The event is `{operation, input}`. */
export const dispatchFunction = (): Main =>
  adminFunction(async ({ operation, input, ...rest }) => ({
    table: await tableOf(operation),
    operation,
    input: input ?? {},
    unknownKey: Object.keys(rest)[0],
  }))

function adminFunction(read: (event: Readonly<Record<string, unknown>>) => Promise<Asked>): Main {
  const rateLimit = createRateLimit(CALLS_PER_MINUTE)
  return async (event, context) => {
    const { requestId, functionName, environment } = readContext(context)
    // What the cloud injects in `userInfo` proves nothing: the identity comes from this call's context.
    const { userInfo: _, apiKey, language, ...rest } = asRecord(event)
    return answer({ requestId, functionName, language: language === 'en' ? 'en' : 'zh' }, async () => {
      const { platform } = openApp({ databaseTimeout: DATABASE_TIMEOUT_MS })
      const caller = await identify(platform, environment, apiKey, (keyId) => rateLimit(keyId, platform.clock()))
      if (isHttpEvent(event)) throw new Failure('NOT_OVER_HTTP')
      const { table, operation, input, unknownKey } = await read(rest)
      const isKnown = typeof operation === 'string' && isOperation(table, operation)
      if (isKnown) noteOperation(operation)
      if (isKnown) {
        if (unknownKey !== undefined) throw new Failure('NOT_KNOWN_HERE', { field: unknownKey })
        assertLanguage(language)
      }
      const data = await perform(platform, table, caller, operation, input)
      await noteKeyUse(platform, caller)
      return data
    })
  }
}

function assertLanguage(language: unknown): asserts language is Language | undefined {
  if (language !== undefined && language !== 'zh' && language !== 'en')
    throw new Failure('NOT_ONE_OF', { field: 'language', params: { choices: languages } })
}

const asRecord = (event: unknown): Readonly<Record<string, unknown>> =>
  typeof event === 'object' && event !== null && !Array.isArray(event) ? { ...event } : {}

async function identify(
  platform: Platform,
  environment: Readonly<Record<string, string>>,
  apiKey: unknown,
  mayCall: CallLimit,
): Promise<Caller> {
  if (apiKey !== undefined) return callerOfKey(platform, apiKey, mayCall)
  const { openid, uid } = identityOf(environment)
  if (openid !== undefined) return { identity: `openid:${openid}` }
  if (uid !== undefined) return { identity: `uid:${uid}` }
  throw new Failure('NO_IDENTITY')
}
