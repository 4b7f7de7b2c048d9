import { Hono } from 'hono'
import { html, raw } from 'hono/html'
import { createHash } from 'node:crypto'
import type { Host } from '../host/host.ts'
import { askManage } from './answers.ts'

const style = `
body{margin:0;background:#f4f6f5;color:#16201c;font:16px/1.6 -apple-system,"PingFang SC","Microsoft YaHei","Noto Sans CJK SC",sans-serif}
main{max-width:560px;margin:8vh auto;padding:0 16px}
section{background:#fff;border:1px solid #e5e9e7;border-radius:12px;padding:24px}
h1{font-size:22px;margin:8px 0 4px}p{margin:8px 0}.soft{color:#54605b;font-size:14px}
pre{background:#f7f9f8;border:1px solid #e5e9e7;border-radius:8px;padding:12px;font-size:13px;overflow-wrap:anywhere;white-space:pre-wrap}
a{color:#0a7d4f}
`

/** The hash is over the very text between the tags. */
const policy = `default-src 'none'; img-src data:; style-src 'sha256-${createHash('sha256').update(style).digest('base64')}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`

/** Stands for the business's own system, where the merchant lands after WeChat. An address proves nothing: the binding is asked for. */
export const returnRoute = (host: () => Host): Hono =>
  new Hono().get('/demo/return', async (c) => {
    const { businessId = '', status = '', code } = c.req.query()
    const isBound = status === 'bound'
    const binding = await askManage(host(), 'bindings.get', { businessId })
    c.header('content-security-policy', policy)
    c.header('x-content-type-options', 'nosniff')
    c.header('cache-control', 'no-store')
    return c.html(
      html`<!doctype html>
        <html lang="zh-CN">
          <head>
            <meta charset="utf-8" />
            <meta name="viewport" content="width=device-width,initial-scale=1" />
            <title>业务系统 · Business</title>
            <link rel="icon" href="data:," />
            ${raw(`<style>${style}</style>`)}
          </head>
          <body>
            <main>
              <section>
                <p class="soft">这里是你的业务系统（演示页）· Your own business system (demo page)</p>
                <h1>${isBound ? '授权完成，欢迎回来' : '授权没有完成'}</h1>
                <p>${isBound ? 'Authorized, welcome back' : 'The authorization was not completed'} ${code ?? ''}</p>
                <p class="soft">
                  地址里的参数不可信，业务服务器用 bindings.get 核对：<br />
                  Parameters in an address prove nothing; the business server checks with bindings.get:
                </p>
                <pre>${JSON.stringify(binding.ok ? binding.data : binding.error, null, 2)}</pre>
                <p><a href="/console/">回到控制台 · Back to the console</a></p>
              </section>
            </main>
          </body>
        </html>`,
    )
  })
