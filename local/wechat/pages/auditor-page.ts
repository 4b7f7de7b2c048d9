/** The desk of WeChat's reviewer: versions under review, and three answers. */
import { html } from 'hono/html'
import { toIso } from '../../../shared/time.ts'
import { AUDIT_STATUS, latestAuditOf } from '../merchants.ts'
import type { Audit, Merchant } from '../merchants.ts'
import type { WechatState } from '../state.ts'
import { renderPage } from './layout.ts'
import type { Html } from './layout.ts'

const DEFAULT_REASON = '1. 小程序页面内容为空<br>2. 请补充完整后重新提交'

export const underReview = (state: WechatState): { merchant: Merchant; audit: Audit }[] =>
  [...state.merchants.values()].flatMap((merchant) => {
    const audit = latestAuditOf(merchant)
    const waiting = audit?.status === AUDIT_STATUS.auditing || audit?.status === AUDIT_STATUS.delayed
    return audit !== undefined && waiting ? [{ merchant, audit }] : []
  })

const renderAudit = ({ merchant, audit }: { merchant: Merchant; audit: Audit }): Html =>
  html`<form class="card" method="post" action="/__wechat/pages/audit">
    <h2>
      ${merchant.nickName} · ${audit.version.version}
      ${audit.status === AUDIT_STATUS.delayed ? html`<span class="tag wait">已延期</span>` : ''}
      ${audit.spedUp ? html`<span class="tag good">加急</span>` : ''}
    </h2>
    <p class="muted">${merchant.appid} · 审核单 ${audit.auditid} · ${toIso(audit.submittedAt)} 提交</p>
    <p>${audit.version.description}</p>
    <details>
      <summary class="muted">提交内容与 ext_json</summary>
      <pre>${JSON.stringify(audit.submission, null, 2)}</pre>
      <pre>${audit.version.extJson}</pre>
    </details>
    <input type="hidden" name="appid" value="${merchant.appid}" />
    <p>
      <label
        >驳回或延期的原因
        <textarea name="reason" rows="2">${DEFAULT_REASON}</textarea>
      </label>
    </p>
    <p>
      <label><input type="checkbox" name="screenshot" value="yes" checked /> 驳回时附截图</label>
    </p>
    <div class="row">
      <button name="verdict" value="pass">通过</button>
      <button class="danger" name="verdict" value="reject">驳回</button>
      <button class="plain" name="verdict" value="delay">延期</button>
    </div>
  </form>`

export const renderAuditorPage = (state: WechatState): Html => {
  const waiting = underReview(state)
  return renderPage(
    '代码审核',
    html`<h1>代码审核</h1>
      ${waiting.length === 0 ? html`<section><p class="muted">没有待审核的版本。</p></section>` : waiting.map(renderAudit)}
      <p><a href="/__wechat/">返回总览</a></p>`,
  )
}
