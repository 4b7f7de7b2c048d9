import type { IncomingMessage } from 'node:http'

/** Undefined when there is more than `limit`. The rest is taken in and dropped, so that the other side listens to the answer. */
export async function readBody(incoming: IncomingMessage, limit: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of incoming) {
    const bytes = Buffer.from(chunk)
    size += bytes.length
    if (size > limit) chunks.length = 0
    else chunks.push(bytes)
  }
  return size > limit ? undefined : Buffer.concat(chunks)
}
