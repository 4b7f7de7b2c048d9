import { Hono } from 'hono'
import { html } from 'hono/html'
import type { Host } from '../host/host.ts'
import { askManage } from './answers.ts'
import { demoPage } from './demo-page.ts'

/** Stands for the business's own system, where the merchant lands after WeChat. An address proves nothing: the binding is asked for. */
export const returnRoute = (host: () => Host): Hono =>
  new Hono().get('/demo/return', async (c) => {
    const { businessId = '', status = '', code } = c.req.query()
    const isBound = status === 'bound'
    const binding = await askManage(host(), 'bindings.get', { businessId })
    return demoPage(
      c,
      '业务系统 · Business',
      html`<p class="soft">这里是你的业务系统（演示页）· Your own business system (demo page)</p>
        <h1>${isBound ? '授权完成，欢迎回来' : '授权没有完成'}</h1>
        <p>${isBound ? 'Authorized, welcome back' : 'The authorization was not completed'} ${code ?? ''}</p>
        <p class="soft">
          地址里的参数不可信，业务服务器用 bindings.get 核对：<br />
          Parameters in an address prove nothing; the business server checks with bindings.get:
        </p>
        <pre>${JSON.stringify(binding.ok ? binding.data : binding.error, null, 2)}</pre>
        <p><a href="/console/">回到控制台 · Back to the console</a></p>`,
    )
  })
