import { gzipSync } from 'node:zlib'
import type { HttpRequest, HttpResponse } from '../http-message.ts'

/** HTTP access carries 100 KB of text, and more where the body is base64: what is larger goes out compressed where that is taken. */
export const compressed = (response: HttpResponse, { headers }: HttpRequest): HttpResponse =>
  /\bgzip\b/.test(headers['accept-encoding'] ?? '')
    ? {
        ...response,
        headers: { ...response.headers, 'content-encoding': 'gzip', vary: 'accept-encoding' },
        body: gzipSync(response.body).toString('base64'),
        isBase64: true,
      }
    : response
