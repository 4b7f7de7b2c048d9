/** Without the byte order mark that editors put before a text. */
export const withoutMark = (text: string): string => text.replace(/^\uFEFF+/, '')

/**
 * JSON that is readable but for a byte: a byte order mark before it, a control character within a text that somebody typed, half of a
 * surrogate pair, which could not be stored, sent on or put into an address.
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  const json = withoutMark(text)
  try {
    return read(json)
  } catch (error) {
    const escaped = escapeControls(json)
    if (escaped === json) throw error
    return read(escaped)
  }
}

const read = (json: string): unknown => (/\\ud[89a-f]/i.test(json) ? JSON.parse(json, wellFormed) : JSON.parse(json))

const wellFormed = (_: string, value: unknown): unknown => (typeof value === 'string' ? value.toWellFormed() : value)

/** Within texts as `\u00XX`; between them a blank. */
export const escapeControls = (json: string): string =>
  json.replaceAll(/"[^"\\]*(?:\\.?[^"\\]*)*(?:"|$)|[^"]+/gs, (part) =>
    part.startsWith('"')
      ? part.replaceAll(controls, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`)
      : part.replaceAll(controls, ' '),
  )

// oxlint-disable-next-line no-control-regex
const controls = /[\u0000-\u001f]/g
