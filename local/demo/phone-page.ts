import { Hono } from 'hono'
import { html } from 'hono/html'
import * as v from 'valibot'
import type { Host } from '../host/host.ts'
import { askManage, type Answer } from './answers.ts'
import { demoPage } from './demo-page.ts'
import { sameOriginOnly } from './same-origin.ts'

const seenSchema = v.object({ browser: v.string() })

const head = html`<p class="soft">
  模拟手机：管理小程序已扫到二维码 · The simulated phone: the admins’ mini program, after the scan
</p>`

/** The phone of the demo's owner: names the browser that asks, takes the two digits, approves or denies. */
export const phoneRoute = (host: () => Host): Hono =>
  new Hono()
    .use('/demo/phone', sameOriginOnly)
    .get('/demo/phone', async (c) => {
      const { code = '' } = c.req.query()
      const seen = await askManage(host(), 'sessions.get', { code })
      if (!seen.ok) return demoPage(c, '模拟手机 · Phone', refusal(seen))
      const { browser } = v.parse(seenSchema, seen.data)
      return demoPage(
        c,
        '模拟手机 · Phone',
        html`${head}
          <h1>登录控制台？</h1>
          <p>Sign in to the console on: <strong>${browser}</strong></p>
          <form method="post" action="/demo/phone">
            <input type="hidden" name="code" value="${code}" />
            <label>
              二维码旁的两位数字 · The two digits beside the code
              <input name="check" inputmode="numeric" pattern="[0-9]{2}" maxlength="2" autocomplete="off" autofocus />
            </label>
            <button class="main" name="act" value="approve">登录 · Approve</button>
            <button name="act" value="deny" formnovalidate>拒绝 · Deny</button>
          </form>`,
      )
    })
    .post('/demo/phone', async (c) => {
      const { code = '', check = '', act = '' } = await c.req.parseBody()
      const decided =
        act === 'approve'
          ? await askManage(host(), 'sessions.approve', { code, check })
          : await askManage(host(), 'sessions.deny', { code })
      if (!decided.ok) return demoPage(c, '模拟手机 · Phone', refusal(decided))
      return demoPage(
        c,
        '模拟手机 · Phone',
        act === 'approve'
          ? html`${head}
              <h1>已允许登录</h1>
              <p>Approved. The console goes on by itself; this page may be closed.</p>`
          : html`${head}
              <h1>已拒绝</h1>
              <p>Denied. This page may be closed.</p>`,
      )
    })

const refusal = ({ error }: Extract<Answer, { ok: false }>) =>
  html`${head}
    <h1>${error.message}</h1>
    <p>${error.hint ?? ''}</p>
    <p class="soft">${error.code}</p>`
