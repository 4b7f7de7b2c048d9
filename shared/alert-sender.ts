import axios from 'axios'
import { Agent as HttpAgent } from 'node:http'
import { Agent as HttpsAgent } from 'node:https'

const TIMEOUT_MS = 8000

/** 企业微信 takes markdown up to 4,096 bytes, 飞书 text up to 20 KB. */
const MAX_BYTES = 3800

/** A message for a group robot; its address tells whose it is: 飞书 under /open-apis/bot/, else 企业微信. */
function alertBody(url: string, lines: readonly string[]): object {
  const text = cut(lines.join('\n'))
  return new URL(url).pathname.startsWith('/open-apis/bot/')
    ? { msg_type: 'text', content: { text } }
    : { msgtype: 'markdown', markdown: { content: text } }
}

function cut(text: string): string {
  const bytes = Buffer.from(text)
  return bytes.length <= MAX_BYTES ? text : `${bytes.subarray(0, MAX_BYTES).toString('utf8').replace(/�+$/, '')}…`
}

/** True when the robot took it: HTTP says so, and its own code is no error. The address holds a key, so no error of the HTTP library gets out. */
export async function sendAlert(url: string, lines: readonly string[]): Promise<boolean> {
  try {
    const { status, data } = await axios.post<unknown>(url, alertBody(url, lines), {
      timeout: TIMEOUT_MS,
      maxRedirects: 0,
      maxContentLength: 64 * 1024,
      adapter: 'http',
      proxy: false,
      httpAgent: new HttpAgent(),
      httpsAgent: new HttpsAgent(),
    })
    return status >= 200 && status < 300 && (ownCode(data) ?? 0) === 0
  } catch {
    return false
  }
}

function ownCode(data: unknown): unknown {
  if (typeof data !== 'object' || data === null) return undefined
  if ('errcode' in data) return data.errcode
  if ('code' in data) return data.code
  return 'StatusCode' in data ? data.StatusCode : undefined
}
