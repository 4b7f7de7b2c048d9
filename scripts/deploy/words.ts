/** Operators read Chinese, engineers English: both stand on the line. */
export interface Words {
  readonly zh: string
  readonly en: string
}

export const both = ({ zh, en }: Words): string => `${zh} · ${en}`

/** `1 change`, `2 changes`. */
export const counted = (count: number, one: string): string => `${count} ${one}${count === 1 ? '' : 's'}`

/** What stops a deployment, with what to do about it. */
export class DeployError extends Error {
  override readonly name = 'DeployError'
  readonly cure: Words

  constructor(what: Words, cure: Words, cause?: unknown, lines: readonly string[] = []) {
    super([both(what), ...lines].join('\n'), { cause })
    this.cure = cure
  }
}

/** The administration package has another error as the message of its own where the network failed. */
export const messageOf = (error: unknown): string => (error instanceof Error ? messageOf(error.message) : String(error))

export const codeOf = (error: unknown): string => {
  if (typeof error !== 'object' || error === null) return ''
  const code = 'code' in error && (typeof error.code === 'string' || typeof error.code === 'number') ? error.code : ''
  return code === '' && 'message' in error ? codeOf(error.message) : `${code}`
}

/** Nothing was reached at all. */
export const isOffline = (error: unknown): boolean =>
  /^(?:ENOTFOUND|EAI_\w+|ECONN\w+|ENETUNREACH|EHOSTUNREACH|ENETDOWN|\w*TIMEDOUT)$/.test(codeOf(error)) ||
  (error instanceof Error && error.cause !== undefined && isOffline(error.cause))
