/** Values under such names never reach a log line, at any depth. */
const secretName =
  /token|secret|ticket|password|authorization$|cookie|signature|session_?key|aes_?key|seal_?keys|auth_?code|jscode|js_code|^code$|^key$|^apikey$/i

/** WeChat's own secrets carry such a mark wherever they stand, as in `ticket@@@…`. */
const secretValue = /(ticket|queryauthcode|preauthcode|refreshtoken|[A-Za-z]{4,20})@@@[\w-]+/g

const maxDepth = 6
const maxText = 2000

export type LogFields = Readonly<Record<string, unknown>>

export interface Log {
  info(event: string, fields?: LogFields): void
  warn(event: string, fields?: LogFields): void
  error(event: string, fields?: LogFields): void
  /** The same log with these fields on every line. */
  with(fields: LogFields): Log
}

/** One line of JSON per event. `write` gets the line without its newline. `base`: fields of every line, as they are then. */
export function createLog(write: (line: string) => void, base: () => LogFields = () => ({})): Log {
  const at =
    (level: string) =>
    (event: string, fields: LogFields = {}) => {
      write(oneLine({ level, event, ...base(), ...fields }))
    }
  return {
    info: at('info'),
    warn: at('warn'),
    error: at('error'),
    with: (fields) => createLog(write, () => ({ ...base(), ...fields })),
  }
}

const oneLine = (fields: LogFields): string =>
  JSON.stringify(mask(fields, 0)).replace(
    /[\u007f-\u009f\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

function mask(value: unknown, depth: number): unknown {
  if (typeof value === 'string') return value.replace(secretValue, '$1@@@[hidden]').slice(0, maxText)
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return value
  if (depth > maxDepth) return '[deep]'
  if (value instanceof Error) return maskError(value, depth)
  if (Array.isArray(value)) return value.slice(0, 50).map((item) => mask(item, depth + 1))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]) => [
      name,
      secretName.test(name) && typeof member !== 'number' && typeof member !== 'boolean'
        ? '[hidden]'
        : mask(member, depth + 1),
    ]),
  )
}

function maskError(error: Error, depth: number): unknown {
  const shown: Record<string, unknown> = { name: error.name, message: mask(error.message, depth) }
  if ('code' in error) shown['code'] = mask(error.code, depth)
  // A refusal says where it comes from; a bug must be found.
  if (error.stack !== undefined && error.name !== 'Failure')
    shown['stack'] = mask(error.stack.split('\n').slice(1, 9).join('\n'), depth)
  if (error.cause !== undefined) shown['cause'] = mask(error.cause, depth + 1)
  return shown
}
