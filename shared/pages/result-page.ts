import type { Failure } from '../errors.ts'
import type { AuthOutcome } from '../domain/stores.ts'
import { html, nothing, type Html } from './html.ts'

/** The account is tied to the business. */
export const boundPage = (businessId: string, outcome: AuthOutcome): Html =>
  html`<section>
    <div class="mark">✓</div>
    <h1>授权成功</h1>
    <span class="en">Authorized</span>
    <dl>
      <dt>业务<br /><small>Business</small></dt>
      <dd>${businessId}</dd>
      <dt>账号<br /><small>Account</small></dt>
      <dd>${outcome.nickName ?? ''} ${outcome.appid ?? ''}</dd>
    </dl>
    <p>您可以关闭此页面。<span class="en">You may close this page.</span></p>
  </section>`

interface Refused {
  readonly code: string
  readonly message: string
  readonly hint?: string | undefined
}

/** WeChat authorized, but the account could not be tied to the business. */
export const failedPage = (businessId: string, refused: Refused): Html =>
  html`<section>
    <div class="mark bad">!</div>
    <h1>授权未完成</h1>
    <span class="en">The authorization was not completed</span>
    <dl>
      <dt>业务<br /><small>Business</small></dt>
      <dd>${businessId}</dd>
      <dt>原因<br /><small>Cause</small></dt>
      <dd>${refused.message} (${refused.code})</dd>
    </dl>
    ${advice(refused)}
  </section>`

/** Nothing could be done with this address, or not now. */
export const problemPage = (failure: Failure): Html =>
  failure.retryable
    ? html`<section>
        <div class="mark wait">…</div>
        <h1>暂时无法完成</h1>
        <span class="en">Not possible just now</span>
        <p>${failure.message} (${failure.code})</p>
        <p>请稍后刷新本页。<span class="en">Reload this page in a moment.</span></p>
        ${advice(failure)}
      </section>`
    : html`<section>
        <div class="mark bad">!</div>
        <h1>链接无效或已过期</h1>
        <span class="en">This link is not valid, or has expired</span>
        <p>${failure.message} (${failure.code})</p>
        ${advice(failure)}
      </section>`

const advice = ({ hint }: { readonly hint?: string | undefined }): Html =>
  hint === undefined ? nothing : html`<p>${hint}</p>`
