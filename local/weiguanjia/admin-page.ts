import { getRequestListener } from '@hono/node-server'
import { Hono } from 'hono'
import { html } from 'hono/html'
import { renderPage, type Html } from '../wechat/pages/layout.ts'
import { rulesForRelay, type ForwardingRule, type Rules } from './rules.ts'
import type { WeiguanjiaTokens } from './tokens.ts'

/** What people see of it, in two columns less than the real one. */
export interface Administered {
  readonly rules: Rules
  readonly tokens: WeiguanjiaTokens
  readonly proxy: { open: boolean; port: number }
  readonly forwarded: ReadonlyMap<string, number>
  readonly test: (rule: ForwardingRule) => Promise<string>
  /** Where the relay signs. */
  readonly relayPort: number | undefined
}

const acts = ['rules', 'noRules', 'test', 'proxy', 'noProxy', 'fetchList'] as const
type Act = (typeof acts)[number]

export function openAdminPage(administered: Administered) {
  let said = ''
  const { rules, tokens, proxy } = administered
  const carryOut: Readonly<Record<Act, () => Promise<string> | string>> = {
    rules: () => {
      for (const rule of rulesForRelay(administered.relayPort)) rules.put(rule)
      return '规则已添加 · Rules added'
    },
    noRules: () => {
      for (const rule of rules.all()) rules.remove(rule)
      return '规则已删除 · Rules removed'
    },
    test: async () => {
      const answers: string[] = []
      for (const rule of rules.all()) answers.push(await administered.test(rule).catch(String))
      return `测试 · Test: ${answers.join(', ') || '没有规则 · no rule'}`
    },
    proxy: () => {
      proxy.open = true
      return '外部请求透传已开启 · Proxy on'
    },
    noProxy: () => {
      proxy.open = false
      return '外部请求透传已关闭 · Proxy off'
    },
    fetchList: async () => {
      await tokens.fetchList()
      return `授权帐号 · Accounts: ${tokens.accounts.size}`
    },
  }
  const app = new Hono()
    .get('/', (c) => c.html(renderAdminPage(administered, said)))
    .post('/wxcomponent/admin/:act', async (c) => {
      const act = acts.find((one) => one === c.req.param('act'))
      if (!act) return c.notFound()
      said = await Promise.resolve(carryOut[act]()).catch(String)
      return c.redirect('/', 303)
    })
  return { serve: getRequestListener(app.fetch) }
}

const button = (act: Act, words: string): Html =>
  html`<form method="post" action="/wxcomponent/admin/${act}"><button class="plain small">${words}</button></form>`

const renderRule = (rule: ForwardingRule): Html =>
  html`<tr>
    <td>${'infoType' in rule ? rule.infoType : `${rule.msgType} / ${rule.event}`}</td>
    <td>${rule.port}</td>
    <td><code>${rule.path}</code></td>
  </tr>`

const renderAdminPage = ({ rules, tokens, proxy, forwarded }: Administered, said: string): Html =>
  renderPage(
    '微管家（替身）',
    html`<section>
        <h1>微管家（替身）· A stand-in for 微管家</h1>
        <p class="muted">
          和微管家一样接收推送、转发、透传，只在本机使用。 · Takes pushes, forwards and passes on as 微管家 does, on
          this machine only.
        </p>
        <p role="status">${said}</p>
        <p>
          ${tokens.hasTicket() ? 'component_verify_ticket ✔' : '还没有 component_verify_ticket · no ticket yet'} ·
          授权帐号 · accounts: ${tokens.accounts.size}
        </p>
        <div class="row">${button('fetchList', '授权帐号管理：拉取列表 · Fetch the list')}</div>
      </section>
      <section>
        <h2>消息转发器 · Forwarder</h2>
        <div class="table">
          <table>
            <tr>
              <th>事件 · Push</th>
              <th>端口 · Port</th>
              <th>路径 · Path</th>
            </tr>
            ${rules.all().map(renderRule)}
          </table>
        </div>
        <p class="muted">
          已转发 · forwarded: ${[...forwarded].map(([word, count]) => `${word} × ${count}`).join(', ') || '0'}
        </p>
        <div class="row">
          ${button('rules', '添加 docs/relay.md 的规则 · Add the rules of docs/relay.md')}
          ${button('test', '测试 · Test')} ${button('noRules', '全部删除 · Remove all')}
        </div>
      </section>
      <section>
        <h2>外部请求透传 · Proxy</h2>
        <p>端口 · port ${proxy.port} · ${proxy.open ? '已开启 · on' : '已关闭 · off'}</p>
        <div class="row">${button('proxy', '开启 · On')} ${button('noProxy', '关闭 · Off')}</div>
      </section>`,
  )
