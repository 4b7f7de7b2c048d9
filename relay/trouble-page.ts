import type { ServerResponse } from 'node:http'
import { html } from '../shared/pages/html.ts'
import { renderPage, twice } from '../shared/pages/page.ts'
import { relayPages } from '../shared/words/relay-pages.ts'

export type Trouble = Exclude<keyof typeof relayPages, 'title'>

const pageOf = (status: Trouble, requestId: string) =>
  renderPage({
    status,
    title: relayPages.title,
    body: html`<section>
      <h1>${relayPages.title.zh}</h1>
      <span class="en">${relayPages.title.en}</span>
      <p>${twice(relayPages[status])}</p>
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
