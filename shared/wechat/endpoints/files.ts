/** What a file may be, known by its first bytes. */

export interface FileFormat {
  readonly extension: string
  readonly contentType: string
  isIt(bytes: Uint8Array): boolean
}

export interface FileKind {
  readonly name: 'picture' | 'video' | 'voice' | 'text'
  readonly maxBytes: number
  readonly formats: readonly FileFormat[]
}

const MB = 1024 * 1024

const has = (bytes: Uint8Array, at: number, text: string): boolean =>
  Buffer.from(bytes.subarray(at, at + text.length)).toString('latin1') === text

const starting = (extension: string, contentType: string, text: string, at = 0): FileFormat => ({
  extension,
  contentType,
  isIt: (bytes) => has(bytes, at, text),
})

const png = starting('png', 'image/png', '\u0089PNG')
const jpeg = starting('jpg', 'image/jpeg', '\u00ff\u00d8\u00ff')
const gif = starting('gif', 'image/gif', 'GIF8')
const bmp = starting('bmp', 'image/bmp', 'BM')
const mp4 = starting('mp4', 'video/mp4', 'ftyp', 4)
const amr = starting('amr', 'audio/amr', '#!AMR')
const mp3: FileFormat = {
  extension: 'mp3',
  contentType: 'audio/mpeg',
  isIt: (bytes) => has(bytes, 0, 'ID3') || (bytes[0] === 0xff && ((bytes[1] ?? 0) & 0xe0) === 0xe0),
}
const txt: FileFormat = {
  extension: 'txt',
  contentType: 'text/plain',
  isIt: (bytes) => !bytes.includes(0) && isUtf8(bytes),
}

function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return true
  } catch {
    return false
  }
}

/** For the reviewer of a release. */
export const smallPicture: FileKind = { name: 'picture', maxBytes: 2 * MB, formats: [png, jpeg, gif] }
export const picture: FileKind = { name: 'picture', maxBytes: 10 * MB, formats: [png, jpeg, gif, bmp] }
export const video: FileKind = { name: 'video', maxBytes: 10 * MB, formats: [mp4] }
export const voice: FileKind = { name: 'voice', maxBytes: 2 * MB, formats: [amr, mp3] }
export const plainText: FileKind = { name: 'text', maxBytes: MB, formats: [txt] }
