/** What this WeChat holds, at a glance. */
import { html } from 'hono/html'
import { toIso } from '../../../shared/time.ts'
import { AUDIT_STATUS, latestAuditOf, liveOf } from '../merchants.ts'
import type { Audit, Merchant } from '../merchants.ts'
import type { PushRecord } from '../pushes.ts'
import type { WechatState } from '../state.ts'
import { nowOf } from '../state.ts'
import { underReview } from './auditor-page.ts'
import { renderPage } from './layout.ts'
import type { Html } from './layout.ts'

const PUSHES_SHOWN = 30
const MERCHANTS_SHOWN = 200

const auditWords = {
  [AUDIT_STATUS.passed]: { words: '通过', tone: 'good' },
  [AUDIT_STATUS.rejected]: { words: '驳回', tone: 'bad' },
  [AUDIT_STATUS.auditing]: { words: '审核中', tone: 'wait' },
  [AUDIT_STATUS.withdrawn]: { words: '已撤回', tone: '' },
  [AUDIT_STATUS.delayed]: { words: '延期', tone: 'wait' },
}

const auditTag = (audit: Audit | undefined): Html | string => {
  if (audit === undefined) return '—'
  const { words, tone } = auditWords[audit.status]
  return html`${audit.version.version} <span class="tag ${tone}">${audit.released ? '已发布' : words}</span>`
}

const actionButton = (action: string, appid: string, label: string): Html =>
  html`<form method="post" action="/__wechat/pages/do">
    <input type="hidden" name="appid" value="${appid}" />
    <button class="plain small" name="action" value="${action}">${label}</button>
  </form>`

const renderMerchant = (state: WechatState, merchant: Merchant): Html => {
  const { trial } = merchant
  const scanning = trial !== undefined && nowOf(state) < trial.scanEndsAt
  return html`<tr>
    <td>${merchant.nickName}<br /><code>${merchant.appid}</code></td>
    <td>${merchant.grant === undefined ? '未授权' : html`<span class="tag good">已授权</span>`}</td>
    <td>${trial?.version ?? '—'} ${scanning ? html`<span class="tag wait">检测中</span>` : ''}</td>
    <td>${auditTag(latestAuditOf(merchant))}</td>
    <td>${liveOf(merchant)?.version.version ?? '—'}</td>
    <td>
      ${merchant.grant === undefined ? '' : actionButton('unauthorize', merchant.appid, '取消授权')}
      ${scanning ? actionButton('finishScan', merchant.appid, '结束检测') : ''}
    </td>
  </tr>`
}

const pushWords = {
  held: { words: '暂存', tone: '' },
  sending: { words: '发送中', tone: 'wait' },
  delivered: { words: '已接收', tone: 'good' },
  failed: { words: '失败', tone: 'bad' },
  undeliverable: { words: '未配置地址', tone: '' },
} as const

const renderPush = (push: PushRecord): Html => {
  const last = push.attempts.at(-1)
  const { words, tone } = pushWords[push.state]
  const answer = last === undefined ? '' : (last.error ?? `${last.status ?? ''} ${(last.body ?? '').slice(0, 80)}`)
  return html`<tr>
    <td>${toIso(push.createdAt).slice(11, 19)}</td>
    <td>${push.kind}<br /><code>${push.appid ?? ''}</code></td>
    <td><span class="tag ${tone}">${words}</span> ×${push.attempts.length}</td>
    <td class="answer"><code>${answer}</code></td>
  </tr>`
}

export const renderIndexPage = (state: WechatState): Html => {
  const merchants = [...state.merchants.values()].slice(0, MERCHANTS_SHOWN)
  const pushes = state.pushes.slice(-PUSHES_SHOWN).toReversed()
  return renderPage(
    '模拟的微信开放平台',
    html`<h1>总览</h1>
      <section class="row">
        <a class="button" href="/__wechat/auditor">代码审核（${underReview(state).length}）</a>
        ${actionButton('pushTicket', '', '推送一个 ticket')}
        <span class="muted">${state.merchants.size} 个商户，${state.templates.length} 个模板</span>
      </section>
      <section>
        <h2>商户</h2>
        <div class="table">
          <table>
            <tr>
              <th>账号</th>
              <th>授权</th>
              <th>体验版</th>
              <th>审核</th>
              <th>线上版</th>
              <th></th>
            </tr>
            ${merchants.map((merchant) => renderMerchant(state, merchant))}
          </table>
        </div>
      </section>
      <section>
        <h2>草稿箱与模板库</h2>
        <div class="table">
          <table>
            <tr>
              <th>草稿或模板</th>
              <th>版本</th>
              <th>说明</th>
              <th>来源</th>
            </tr>
            ${state.drafts.map(
              (draft) =>
                html`<tr>
                  <td>草稿 ${draft.draftId}</td>
                  <td>${draft.userVersion}</td>
                  <td>${draft.userDesc}</td>
                  <td>${draft.developer} · ${draft.sourceName}</td>
                </tr>`,
            )}
            ${state.templates.map(
              (template) =>
                html`<tr>
                  <td>模板 ${template.templateId}</td>
                  <td>${template.userVersion}</td>
                  <td>${template.userDesc}</td>
                  <td>草稿 ${template.draftId}</td>
                </tr>`,
            )}
          </table>
        </div>
        <form class="row" method="post" action="/__wechat/pages/draft">
          <input type="text" name="version" value="1.1.0" style="max-width:120px" aria-label="版本号" />
          <input type="text" name="description" value="新功能" style="max-width:260px" aria-label="说明" />
          <button class="plain">开发者上传一个新版本</button>
        </form>
      </section>
      <section>
        <h2>推送</h2>
        <div class="table">
          <table>
            <tr>
              <th>时间</th>
              <th>类型</th>
              <th>结果</th>
              <th>平台的回答</th>
            </tr>
            ${pushes.map(renderPush)}
          </table>
        </div>
      </section>`,
  )
}
