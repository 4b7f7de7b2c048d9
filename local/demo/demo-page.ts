import type { Context } from 'hono'
import { html, raw } from 'hono/html'
import { createHash } from 'node:crypto'

type Content = ReturnType<typeof html>

const style = `
body{margin:0;background:#f4f6f5;color:#16201c;font:16px/1.6 -apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:560px;margin:8vh auto;padding:0 16px}
section{background:#fff;border:1px solid #e5e9e7;border-radius:12px;padding:24px}
h1{font-size:22px;margin:8px 0 4px}p{margin:8px 0}.soft{color:#54605b;font-size:14px}
pre{background:#f7f9f8;border:1px solid #e5e9e7;border-radius:8px;padding:12px;font-size:13px;overflow-wrap:anywhere;white-space:pre-wrap}
a{color:#0a7d4f}
form{display:flex;gap:12px;align-items:end;flex-wrap:wrap;margin:12px 0}label{display:grid;gap:4px}
input{font:600 24px/1.4 inherit;width:4em;padding:4px 10px;border:1px solid #b9c3be;border-radius:8px}
button{font:inherit;padding:8px 20px;border-radius:8px;border:1px solid #b9c3be;background:#fff;cursor:pointer}
button.main{background:#0a7d4f;border-color:#0a7d4f;color:#fff}
`

/** The hash is over the very text between the tags. */
const policy = `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'`

/** A page of the demo beside the console, in both languages. */
export const demoPage = (c: Context, title: string, content: Content) => {
  c.header('content-security-policy', policy)
  c.header('x-content-type-options', 'nosniff')
  c.header('cache-control', 'no-store')
  return c.html(
    html`<!doctype html>
      <html lang="zh-CN">
        <head>
          <meta charset="utf-8" />
          <meta name="viewport" content="width=device-width,initial-scale=1" />
          <title>${title}</title>
          <link rel="icon" href="data:," />
          ${raw(`<style>${style}</style>`)}
        </head>
        <body>
          <main><section>${content}</section></main>
        </body>
      </html>`,
  )
}
