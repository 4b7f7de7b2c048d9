import { readFile } from 'node:fs/promises'
import { withoutMark } from '../../shared/json.ts'

/** A file that somebody wrote with an editor: UTF-8, or UTF-16 as some shells of Windows write it, with or without a byte order mark. */
export async function readText(file: string): Promise<string> {
  const bytes = await readFile(file)
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return withoutMark(bytes.toString('utf16le'))
  if (first === 0xfe && second === 0xff)
    return withoutMark(
      bytes
        .subarray(0, bytes.length - (bytes.length % 2))
        .swap16()
        .toString('utf16le'),
    )
  return withoutMark(bytes.toString('utf8'))
}
