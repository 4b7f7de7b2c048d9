import { readFile } from 'node:fs/promises'
import { withoutMark } from '../../shared/json.ts'

/** A file that somebody wrote with an editor: UTF-8, or UTF-16 as some shells of Windows write it, with or without a byte order mark. */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file)
  return withoutMark(decodeUtf16(bytes) ?? bytes.toString('utf8'))
}

/** Undefined for bytes without a mark of UTF-16. */
export function decodeUtf16(bytes: Uint8Array): string | undefined {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  return undefined
}
