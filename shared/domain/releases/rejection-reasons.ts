/** Of those to whom WeChat told none. */
export const NO_REASON = '-'

/** WeChat's reasons are fragments of HTML; this is what they say. */
export const plainText = (html: string): string =>
  withoutTags(decoded(withoutTags(html.replace(/<br\s*\/?>|<\/(?:p|div|li)>/gi, '\n'))))
    // oxlint-disable-next-line no-control-regex
    .replaceAll(/[\u0000-\u0009\u000b-\u001f\u007f]/g, ' ')
    .replaceAll(/(?<![ \u00a0])[ \u00a0]+\n|\n[ \u00a0]+/g, '\n')
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim()

/** Also what was hidden in entities: nobody downstream shall meet a tag. */
const withoutTags = (html: string): string => html.replaceAll(/<(?:\/?[a-z]|!|\?)[^<>]*>/gi, '')

const entities: Readonly<Record<string, string>> = {
  lt: '<',
  gt: '>',
  amp: '&',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  ldquo: '“',
  rdquo: '”',
}

const decoded = (text: string): string =>
  text.replaceAll(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|([a-z]+));/gi, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return entities[name.toLowerCase()] ?? whole
    const point = typeof decimal === 'string' ? Number(decimal) : Number.parseInt(String(hex), 16)
    return point > 0 && point <= 0x10_ff_ff && !(point >= 0xd8_00 && point <= 0xdf_ff)
      ? String.fromCodePoint(point)
      : ''
  })

/** Long enough to tell reasons apart, short enough to be a key. */
const LONGEST_KEY = 300

/** "1:", "(2)", "3、", "4." at the start of a line. */
const NUMBERING = /^(?:\s*[(（]?\d{1,2}\s*(?:[)）、:：]+|\.(?!\d)))+\s*/

/** Where a line was broken, or a blank put in, beside anything but Latin words. */
const IDLE_BLANKS = /(?<!\s)\s+(?=[^ -~])|(?<=[^ -~]|[:;])\s+/g

/** The same for all who were rejected for the same reason, however its points were numbered and its lines broken. */
export function reasonKey(reason: string): string {
  const lines = plainText(reason)
    .split('\n')
    .map((line) => line.replace(NUMBERING, ''))
  const key = lines.join(' ').replaceAll(IDLE_BLANKS, '').replaceAll(/\s+/g, ' ').trim()
  return key.slice(0, LONGEST_KEY) || NO_REASON
}
