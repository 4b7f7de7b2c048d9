import { Failure } from '../../errors.ts'

export interface Image {
  readonly contentType: string
  readonly base64: string
}

/** The cloud carries answers of at most 6 MB, and base64 makes 4 of 3 bytes. */
export const MAX_INLINE_BYTES = 4 * 1024 * 1024

/** A picture inside a JSON answer. */
export function presentImage({ contentType, bytes }: { contentType: string; bytes: Buffer }): Image {
  if (bytes.length > MAX_INLINE_BYTES) throw answerTooLarge(bytes.length)
  return { contentType, base64: bytes.toString('base64') }
}

export const answerTooLarge = (bytes: number): Failure =>
  new Failure('ANSWER_TOO_LARGE', { params: { megabytes: Math.round(bytes / 100_000) / 10 } })
