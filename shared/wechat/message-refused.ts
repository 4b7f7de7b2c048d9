/** The text is not a message that WeChat would send. The reason is ours and quotes nothing. */
export class MessageRefused extends Error {
  override readonly name = 'MessageRefused'
}

/** A push longer than this is refused before it is read. Bytes or characters, whichever the caller counts. */
export const MAX_MESSAGE_LENGTH = 64 * 1024
export const MAX_DEPTH = 16
/** The longest message known, an order-path result of 100 mini programs, has about 600 values. */
export const MAX_VALUES = 2000
