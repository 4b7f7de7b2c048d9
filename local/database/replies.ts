import { MingoError } from 'mingo/util'
import { limits } from './limits.ts'
import { DuplicateKey, ServiceError, requestFailed } from './errors.ts'

export interface Reply {
  status: number
  body: string
}

export interface RefusalSettings {
  readonly duplicateError: 'DATABASE_DUPLICATE_WRITE' | 'E11000'
  readonly log: (line: string) => void
}

/** Refusals too are HTTP 200, as in the service. */
export function writeReply(requestId: string, fields: Record<string, unknown>): Reply {
  const body = JSON.stringify({ ...fields, requestId })
  if (Buffer.byteLength(body) > limits.maxReplyBytes) {
    throw new ServiceError('DATABASE_QUERY_SIZE_EXCEED_LIMIT', 'query size exceed limit')
  }
  return { status: 200, body }
}

export function writeRefusal(requestId: string, error: unknown, settings: RefusalSettings): Reply {
  const { code, message } = refusalOf(error, settings)
  return writeReply(requestId, { code, message })
}

function refusalOf(error: unknown, { duplicateError, log }: RefusalSettings): { code: string; message: string } {
  if (error instanceof ServiceError) return error
  if (error instanceof DuplicateKey) return error.asServiceError(duplicateError)
  if (error instanceof MingoError) return requestFailed(error.message)
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  log(`((emulator failed)) ${stack ?? message}`)
  return { code: 'SYS_ERR', message: `((emulator failed: ${message}))` }
}
