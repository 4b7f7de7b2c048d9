import * as v from 'valibot'
import { ServiceError, invalidParam } from './errors.ts'
import type { RequestOf } from './requests.ts'

export type InvokeFunction = (name: string, data: unknown) => Promise<unknown>

const withCode = v.object({ code: v.pipe(v.string(), v.regex(/^FUNCTION/)) })

export async function invokeFunction(
  invoke: InvokeFunction | undefined,
  { function_name: name, request_data: text }: RequestOf<'invokeFunction'>,
): Promise<object> {
  if (invoke === undefined) throw new ServiceError('FUNCTION_NOT_FOUND', `((no functions here: ${name}))`)
  const data = readData(text)
  try {
    const result = await invoke(name, data)
    return { response_data: JSON.stringify(result ?? null) }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error)
    if (v.is(withCode, error)) throw new ServiceError(error.code, message)
    throw new ServiceError('FUNCTIONS_EXECUTE_FAIL', JSON.stringify({ errorCode: 1, errorMessage: message }))
  }
}

function readData(text: string): unknown {
  if (text === '') return {}
  try {
    return JSON.parse(text)
  } catch {
    throw invalidParam('((request_data is not JSON))')
  }
}
