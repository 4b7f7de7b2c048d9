import type { ServerResponse } from 'node:http'
import { html } from '../shared/pages/html.ts'
import { renderPage } from '../shared/pages/page.ts'

const unavailable = {
  zh: '页面暂时打不开。请过一会儿刷新；授权链接仍然有效，不必重新索取。',
  en: 'This page cannot be shown right now. Please reload it in a moment; your link stays valid, you need no new one.',
}

const words = {
  400: {
    zh: '这个请求无法识别。请从服务商提供的链接重新打开。',
    en: 'This request cannot be read. Please open the link of your service provider again.',
  },
  413: { zh: '提交的内容过大。', en: 'What was sent is too large.' },
  502: unavailable,
  504: unavailable,
} as const

export type Trouble = keyof typeof words

const pageOf = (status: Trouble, requestId: string) =>
  renderPage({
    status,
    title: '暂时无法打开 Not available',
    body: html`<section>
      <h1>暂时无法打开</h1>
      <span class="en">Not available</span>
      <p>${words[status].zh}<span class="en">${words[status].en}</span></p>
    </section>`,
    requestId,
  })

/** The request's id stands in the log, too. */
export function showTrouble(outgoing: ServerResponse, status: Trouble, requestId: string): void {
  const { headers, body } = pageOf(status, requestId)
  outgoing.writeHead(status, {
    ...headers,
    'content-length': Buffer.byteLength(body),
    // What it did not take in is not waited for.
    ...(!outgoing.req.complete && { connection: 'close' }),
  })
  outgoing.end(body)
}

/** The same where a connection is no longer Node's: it asked for another protocol. */
export function troubleAsText(status: Trouble, requestId: string): string {
  const { headers, body } = pageOf(status, requestId)
  const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body), connection: 'close' })
  return `HTTP/1.1 ${status} \r\n${lines.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n${body}`
}
