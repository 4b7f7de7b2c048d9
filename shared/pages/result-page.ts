import { isErrorCode, isRetryable } from '../error-codes.ts'
import type { AuthOutcome } from '../domain/stores/invites.ts'
import { explanations, type Words } from './explanations.ts'
import type { Telling } from '../words/params.ts'
import { html, nothing, type Html } from './html.ts'

/** One line of a list of facts. */
export const row = ([name, nameEn]: Words, value: string, note = ''): Html =>
  html`<div>
    <dt>${name}<small>${nameEn}</small></dt>
    <dd>${value}${note === '' ? nothing : html`<small>${note}</small>`}</dd>
  </div>`

export const businessRow = (businessId: string): Html => row(['业务', 'Business'], businessId)

const twice = ([text, textEn]: Words): Html => html`${text}<span class="en">${textEn}</span>`

/** The account is tied to the business. */
export const boundPage = (businessId: string, { nickName, appid = '' }: AuthOutcome): Html =>
  html`<section>
    <div class="mark">✓</div>
    <h1>授权成功</h1>
    <span class="en">Authorized</span>
    <dl>
      ${businessRow(businessId)} ${row(['账号', 'Account'], nickName ?? appid, nickName === undefined ? '' : appid)}
    </dl>
    <p>${twice(['您可以关闭此页面，后续由服务商完成。', 'You may close this page; your service provider goes on.'])}</p>
  </section>`

export interface Problem {
  readonly code: string
  /** For the service provider: in Chinese, then in English. */
  readonly telling: readonly Telling[]
}

/** What went wrong and what to do: first for the merchant, then, in full, for the service provider. */
export function problemPage({ code, telling }: Problem, businessId?: string): Html {
  const known = isErrorCode(code) ? code : 'WECHAT_REJECTED'
  const { title, cause, cure } = explanations[known]
  const waits = isRetryable(known)
  return html`<section>
    <div class="mark ${waits ? 'wait' : 'bad'}">${waits ? '…' : '!'}</div>
    <h1>${title[0]}</h1>
    <span class="en">${title[1]}</span>
    ${businessId === undefined ? nothing : html`<dl>${businessRow(businessId)}</dl>`}
    <h2>原因 <small>Cause</small></h2>
    <p>${twice(cause)}</p>
    <h2>怎么办 <small>What to do</small></h2>
    <p>${twice(cure)}</p>
    ${waits ? html`<div class="ways">${reloadButton}</div>` : nothing}
    <div class="provider">
      <p>供服务商参考 For the service provider: <strong>${code}</strong></p>
      ${telling.map(({ message, hint }) => html`<p>${[message, hint].filter(Boolean).join(' ')}</p>`)}
    </div>
  </section>`
}

/** An empty address is this page's own. */
const reloadButton = html`<a class="button" href="">刷新本页 <span class="en">Reload this page</span></a>`

/** For whoever loads a page before a person asked for it: nothing has happened yet, and a person can go on from here. */
export const waitingPage = html`<section>
  <h1>微信授权</h1>
  <span class="en">Authorization with WeChat</span>
  <div class="ways">
    <a class="button" href="">继续 <span class="en">Continue</span></a>
  </div>
</section>`
