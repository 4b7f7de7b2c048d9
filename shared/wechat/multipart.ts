import { randomBytes } from 'node:crypto'
import type { Upload } from './endpoints/endpoint.ts'

/** Fields and one file as multipart/form-data, whole in memory: WeChat takes 10 MB at most. */
export const multipart = (part: string, file: Upload, fields: object = {}): { contentType: string; bytes: Buffer } => {
  if (!/^[\w.+-]+\/[\w.+-]+$/.test(file.contentType)) throw new TypeError('contentType must be a media type')
  const boundary = `minifleet-${randomBytes(16).toString('hex')}`
  const lines = [
    ...Object.entries(fields).flatMap(([name, value]: [string, unknown]) =>
      value === undefined
        ? []
        : [`--${boundary}`, `Content-Disposition: form-data; name="${quoted(name)}"`, '', asText(value)],
    ),
    `--${boundary}`,
    `Content-Disposition: form-data; name="${quoted(part)}"; filename="${quoted(file.filename)}"`,
    `Content-Type: ${file.contentType}`,
    '\r\n',
  ]
  return {
    contentType: `multipart/form-data; boundary=${boundary}`,
    bytes: Buffer.concat([Buffer.from(lines.join('\r\n')), file.bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
  }
}

const asText = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value))

/** As browsers do. @see https://html.spec.whatwg.org/multipage/form-control-infrastructure.html#multipart-form-data */
const quoted = (filename: string): string =>
  filename.replaceAll('\n', '%0A').replaceAll('\r', '%0D').replaceAll('"', '%22')
