import axios from 'axios'
import { messageOf, type Words } from './words.ts'

/** A harmless request to each route, and what only the deployed function answers to it. */
interface Probe {
  readonly functionName: string
  readonly method: 'GET' | 'POST'
  readonly path: string
  readonly body?: string
  readonly expected: (status: number, body: string) => boolean
}

/** Not from WeChat, so refused; a function that cannot read its variables answers 500. */
const refused = (status: number, body: string): boolean => status === 403 && body === 'forbidden'
const ownPage = (status: number, body: string): boolean => status === 400 && /<html/i.test(body)

const probes: readonly Probe[] = [
  { functionName: 'receiveTicket', method: 'POST', path: '/wechat/component', body: '<xml/>', expected: refused },
  {
    functionName: 'receiveMessage',
    method: 'POST',
    path: '/wechat/message/wx0000000000000000',
    body: '<xml/>',
    expected: refused,
  },
  { functionName: 'startAuth', method: 'GET', path: '/auth/start', expected: ownPage },
  { functionName: 'authCallback', method: 'GET', path: '/auth/callback/probe', expected: ownPage },
  {
    functionName: 'api',
    method: 'POST',
    path: '/api/v1/platform.status',
    body: '{}',
    expected: (status, body) => status === 401 && body.includes('UNAUTHENTICATED'),
  },
]

export interface ProbeResult {
  readonly functionName: string
  readonly url: string
  readonly milliseconds: number
  /** Undefined where the function answered as it should. */
  readonly problem?: Words
  /** Nothing answered at all: no such name, no connection, a bad certificate. */
  readonly unreachable?: boolean
  /** The function as it should be did not answer; new routes and new code need a while. */
  readonly mayBeTooEarly?: boolean
  /** The answer's own clock (its `Date` header), minus ours at that time; milliseconds. */
  readonly clockOffset?: number
}

/** WeChat waits 5 s for an answer; a cold start counts. */
const TIME_LIMIT_MS = 5000

export const probeRoutes = (baseUrl: string, names: readonly string[]): Promise<ProbeResult[]> =>
  Promise.all(probes.filter(({ functionName }) => names.includes(functionName)).map((probe) => ask(baseUrl, probe)))

async function ask(baseUrl: string, { functionName, method, path, body, expected }: Probe): Promise<ProbeResult> {
  const url = baseUrl + path
  const start = Date.now()
  try {
    const answer = await axios.request<string>({
      url,
      method,
      data: body,
      headers: { 'content-type': body?.startsWith('{') ? 'application/json' : 'text/xml' },
      responseType: 'text',
      transformResponse: (text: string) => text,
      validateStatus: () => true,
      maxRedirects: 0,
      timeout: TIME_LIMIT_MS * 4,
    })
    const milliseconds = Date.now() - start
    const date = Date.parse(String(answer.headers['date'] ?? ''))
    return {
      functionName,
      url,
      milliseconds,
      ...(Number.isFinite(date) && { clockOffset: date - start - milliseconds / 2 }),
      ...problemOf(answer.status, answer.data, milliseconds, expected),
    }
  } catch (error) {
    const reason = messageOf(error)
    return {
      functionName,
      url,
      milliseconds: Date.now() - start,
      unreachable: true,
      problem: { zh: `无法访问：${reason}`, en: `cannot be reached: ${reason}` },
    }
  }
}

function problemOf(
  status: number,
  body: string,
  milliseconds: number,
  expected: Probe['expected'],
): Pick<ProbeResult, 'problem' | 'mayBeTooEarly'> {
  if (!expected(status, body)) {
    const variable = /"variable":"(\w+)"|environment variable (\w+)/
      .exec(body)
      ?.slice(1)
      .find((name) => name !== undefined)
    return {
      mayBeTooEarly: true,
      problem:
        variable === undefined
          ? { zh: `回应异常（HTTP ${status}）`, en: `unexpected answer (HTTP ${status})` }
          : { zh: `环境变量 ${variable} 有误`, en: `the variable ${variable} is missing or malformed` },
    }
  }
  if (milliseconds <= TIME_LIMIT_MS) return {}
  return {
    problem: { zh: `用时 ${milliseconds} 毫秒，超过微信的 5 秒`, en: `took ${milliseconds} ms; WeChat waits 5 s` },
  }
}
