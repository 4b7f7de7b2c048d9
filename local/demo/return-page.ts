import { html } from 'hono/html'
import type { Answer } from './answers.ts'
import { problemBox } from './panels.ts'
import type { Html } from './widgets.ts'

interface Returned {
  readonly businessId: string
  /** As the platform wrote it into the address: `bound` or `failed`. */
  readonly status: string
  readonly code: string | undefined
  /** `bindings.get`, asked by the business's server: an address proves nothing. */
  readonly binding: Answer
}

/** Stands for the business's own system, where the merchant lands after WeChat. */
export const drawReturnPage = ({ businessId, status, code, binding }: Returned): Html =>
  html`<!doctype html>
    <html lang="zh-CN">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width,initial-scale=1" />
        <title>业务系统 · Business</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/demo/page.css" />
      </head>
      <body>
        <main class="narrow">
          <section class="panel">
            <p class="soft">这里是你的业务系统（演示页）· Your own business system (demo page)</p>
            <h1>${status === 'bound' ? '授权完成，欢迎回来' : '授权没有完成'}</h1>
            <p class="en">${status === 'bound' ? 'Authorized, welcome back' : 'The authorization was not completed'}</p>
            <dl>
              <dt>businessId</dt>
              <dd>${businessId}</dd>
              ${
                code === undefined
                  ? ''
                  : html`<dt>code</dt>
                      <dd>${code}</dd>`
              }
            </dl>
            <p>
              地址里的参数不可信，业务服务器用 bindings.get 核对：
              <span class="en"
                >Parameters in an address prove nothing; the business server checks with bindings.get:</span
              >
            </p>
            ${binding.ok ? html`<pre>${JSON.stringify(binding.data, null, 2)}</pre>` : problemBox(binding.error)}
            <p><a class="button" href="/?business=${encodeURIComponent(businessId)}">回到演示 · Back to the demo</a></p>
          </section>
        </main>
      </body>
    </html>`
