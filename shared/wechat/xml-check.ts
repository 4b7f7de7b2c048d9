import { MAX_DEPTH, MAX_MESSAGE_LENGTH, MAX_VALUES, MessageRefused } from './message-refused.ts'

/**
 * Lets through only the XML that WeChat writes: elements, text, CDATA, the predefined and numeric entities. No
 * attributes, comments, DOCTYPE or processing instructions, and no element that holds both text and elements. One pass,
 * so that what follows parses nothing that could surprise it.
 * @throws {MessageRefused}
 */
export const checkXml = (text: string): void => {
  if (text.length > MAX_MESSAGE_LENGTH) throw new MessageRefused('too long')
  const token = new RegExp(TOKEN, 'y')
  token.lastIndex = DECLARATION.exec(text)?.[0].length ?? 0
  const open: OpenElement[] = []
  let elements = 0
  let tokens = 0
  let rootSeen = false

  while (token.lastIndex < text.length) {
    const groups = token.exec(text)?.groups
    if (groups === undefined) throw new MessageRefused('not the XML that WeChat writes')
    if (++tokens > MAX_TOKENS) throw new MessageRefused('too many pieces')
    const parent = open.at(-1)
    const { start, empty, end, words, code } = groups
    if (start !== undefined) {
      if (parent === undefined ? rootSeen || start !== 'xml' : !isElementName(start))
        throw new MessageRefused('element not allowed')
      if (++elements > MAX_VALUES || open.length >= MAX_DEPTH) throw new MessageRefused('too many elements')
      if (parent?.hasText) throw new MessageRefused('text beside elements')
      if (parent !== undefined) parent.hasElements = true
      rootSeen = true
      if (empty === '') open.push({ name: start, hasText: false, hasElements: false })
    } else if (end !== undefined) {
      if (parent?.name !== end) throw new MessageRefused('element not closed')
      open.pop()
    } else if (words === undefined || !/^\s*$/.test(words)) {
      if (parent === undefined || parent.hasElements) throw new MessageRefused('text beside elements')
      if (code !== undefined && !isCharacter(code)) throw new MessageRefused('not a character')
      parent.hasText = true
    }
  }
  if (!rootSeen || open.length > 0) throw new MessageRefused('not complete')
}

/** Tags, texts and entities; the parser takes about 2 µs for one. */
const MAX_TOKENS = 4 * MAX_VALUES

interface OpenElement {
  readonly name: string
  hasText: boolean
  hasElements: boolean
}

/** What may stand before the root. */
export const DECLARATION =
  /^\s*<\?xml version=["']1\.0["'](?: encoding=["'][Uu][Tt][Ff]-8["'])?(?: standalone=["']yes["'])?\s*\?>/

const TOKEN = [
  '<!\\[CDATA\\[[^]*?\\]\\]>',
  '<(?<start>[A-Za-z_][\\w.-]{0,99})\\s*(?<empty>\\/?)>',
  '<\\/(?<end>[A-Za-z_][\\w.-]{0,99})\\s*>',
  '(?<words>[^<&]+)',
  '&(?:amp|lt|gt|quot|apos|#(?<code>\\d{1,7}|x[0-9A-Fa-f]{1,6}));',
].join('|')

/** xml2js keeps text under `_` and looks names up in objects that have a prototype. */
const isElementName = (name: string): boolean => name !== '_' && !(name in Object.prototype)

const isCharacter = (code: string): boolean => {
  const point = Number(code.startsWith('x') ? `0${code}` : code)
  if (point < 0x20) return point === 0x9 || point === 0xa || point === 0xd
  return point < 0xd800 || (point > 0xdfff && point <= 0x10ffff)
}
