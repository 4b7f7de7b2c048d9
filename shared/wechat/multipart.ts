import { randomBytes } from 'node:crypto'
import type { Upload } from './endpoints/endpoint.ts'

/** One file as multipart/form-data, whole in memory: WeChat takes 10 MB at most. */
export const multipart = (part: string, file: Upload): { contentType: string; bytes: Buffer } => {
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(file.contentType)) throw new TypeError('contentType must be a media type')
  const boundary = `minifleet-${randomBytes(16).toString('hex')}`
  const head = [
    `--${boundary}`,
    `Content-Disposition: form-data; name="${part}"; filename="${quoted(file.filename)}"`,
    `Content-Type: ${file.contentType}`,
    '\r\n',
  ].join('\r\n')
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([Buffer.from(head), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}

/** As browsers do. @see https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
const quoted = (filename: string): string =>
  filename.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22')
