import { openApp } from '../app.ts'
import { identityOf, isHttpEvent, readContext } from '../cloudbase/events.ts'
import { callerOfKey, noteKeyUse } from '../domain/callers/api-keys.ts'
import type { Caller } from '../domain/callers/caller.ts'
import { isOperation, perform, type OperationTable } from '../domain/operation.ts'
import type { Platform } from '../domain/platform.ts'
import { Failure } from '../errors.ts'
import { noteOperation } from '../current-call.ts'
import { languages, type Language } from '../words/language.ts'
import { answer, type Answer } from './answer.ts'

/** Below the function's time limit of 60 s many operations fit; none may hang on one. */
const DATABASE_TIMEOUT_MS = 8000

type Main = (event: unknown, context: unknown) => Promise<Answer>

interface Asked {
  readonly operation: unknown
  readonly input: unknown
  /** A key of the event that means nothing here. */
  readonly unknownKey?: string | undefined
}

/** Answers a table that holds this operation if there is one of this name. */
type FindTable = (operation: unknown) => OperationTable | Promise<OperationTable>

/** The event is the input; `action` names another operation than the function's own. */
export const operationFunction = (
  table: OperationTable,
  main: string,
  actions: Readonly<Record<string, string>>,
): Main =>
  adminFunction(
    () => table,
    ({ action, ...input }) => ({
      operation:
        action === undefined
          ? main
          : typeof action === 'string' && Object.hasOwn(actions, action)
            ? actions[action]
            : undefined,
      input,
    }),
  )

/** The event is `{operation, input}`. */
export const dispatchFunction = (tableOf: FindTable): Main =>
  adminFunction(tableOf, ({ operation, input, ...rest }) => ({
    operation,
    input: input ?? {},
    unknownKey: Object.keys(rest)[0],
  }))

function adminFunction(tableOf: FindTable, read: (event: Readonly<Record<string, unknown>>) => Asked): Main {
  return async (event, context) => {
    const { requestId, functionName, environment } = readContext(context)
    // What the cloud injects in `userInfo` proves nothing: the identity comes from this call's context.
    const { userInfo: _, apiKey, language, ...rest } = asRecord(event)
    return answer({ requestId, functionName, language: language === 'en' ? 'en' : 'zh' }, async () => {
      const { platform } = openApp({ databaseTimeout: DATABASE_TIMEOUT_MS })
      const caller = await identify(platform, environment, apiKey)
      if (isHttpEvent(event)) throw new Failure('NOT_OVER_HTTP')
      const { operation, input, unknownKey } = read(rest)
      const table = await tableOf(operation)
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
): Promise<Caller> {
  if (apiKey !== undefined) return callerOfKey(platform, apiKey)
  const { openid, uid } = identityOf(environment)
  if (openid !== undefined) return { identity: `openid:${openid}` }
  if (uid !== undefined) return { identity: `uid:${uid}` }
  throw new Failure('NO_IDENTITY')
}
