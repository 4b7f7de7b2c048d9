/** Operators read Chinese, engineers English: both stand on the line. */
export interface Words {
  readonly zh: string
  readonly en: string
}

export const both = ({ zh, en }: Words): string => `${zh} · ${en}`

/** What stops a deployment, with what to do about it. */
export class DeployError extends Error {
  override readonly name = 'DeployError'
  readonly cure: Words

  constructor(what: Words, cure: Words, cause?: unknown) {
    super(both(what), { cause })
    this.cure = cure
  }
}

export const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

export const codeOf = (error: unknown): string =>
  typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : ''
