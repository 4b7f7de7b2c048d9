import { createHash } from 'node:crypto'
import type { HttpResponse } from '../http.ts'
import { html, type Html } from './html.ts'

const style = `
:root{color-scheme:light;--ink:#1d2129;--soft:#5b6472;--line:#e3e6eb;--brand:#0a7d4f;--bad:#b3261e;--wait:#8a5a00}
*{box-sizing:border-box}
body{margin:0;background:#f3f5f7;color:var(--ink);font:16px/1.6 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC","Microsoft YaHei",sans-serif}
main{max-width:34rem;margin:0 auto;padding:1.25rem 1rem 3rem}
section{background:#fff;border:1px solid var(--line);border-radius:14px;padding:1.5rem 1.25rem;margin-top:1rem}
h1{font-size:1.45rem;line-height:1.35;margin:0 0 .25rem}
h2{font-size:1rem;margin:1.5rem 0 .5rem}
p{margin:.5rem 0}
small,.en{color:var(--soft)}
.en{font-size:.92rem;display:block}
dl{margin:1.25rem 0;display:grid;grid-template-columns:max-content 1fr;gap:.5rem 1rem}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
.mark{display:inline-block;width:2.75rem;height:2.75rem;border-radius:50%;text-align:center;line-height:2.75rem;font-size:1.4rem;color:#fff;background:var(--brand);margin-bottom:.75rem}
.mark.bad{background:var(--bad)}
.mark.wait{background:var(--wait)}
a.button{display:block;text-align:center;padding:.8rem 1rem;border-radius:10px;margin:.75rem 0;text-decoration:none;font-weight:600;background:var(--brand);color:#fff}
a.button.second{background:#fff;color:var(--brand);border:1px solid var(--brand)}
a.button .en{color:inherit;font-weight:400;font-size:.85rem;opacity:.9}
a.button:focus-visible{outline:3px solid #9fd8c0;outline-offset:2px}
ul{margin:.5rem 0;padding-left:1.25rem}
footer{margin-top:1.25rem;color:var(--soft);font-size:.8rem;overflow-wrap:anywhere}
`

/** Kept out of the template below: the policy's hash covers each of its characters. */
const styleElement: Html = { html: `<style>${style}</style>` }

const styleHash = createHash('sha256').update(style).digest('base64')

interface PageOptions {
  readonly status: number
  readonly title: string
  readonly body: Html
  readonly requestId: string
  /** The start page must send its origin along: WeChat compares it with the registered domain. */
  readonly referrer?: 'origin'
  readonly headers?: Readonly<Record<string, string>>
}

/** A page without script, images or anything from elsewhere. */
export function renderPage({ status, title, body, requestId, referrer, headers }: PageOptions): HttpResponse {
  const page = html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <meta name="robots" content="noindex,nofollow" />
        <title>${title}</title>
        ${styleElement}
      </head>
      <body>
        <main>
          ${body}
          <footer>请求编号 Request ID: ${requestId}</footer>
        </main>
      </body>
    </html> `
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`,
      'x-frame-options': 'DENY',
      'x-content-type-options': 'nosniff',
      'cache-control': 'no-store',
      'referrer-policy': referrer === 'origin' ? 'strict-origin-when-cross-origin' : 'no-referrer',
      ...headers,
    },
    body: page.html,
  }
}
