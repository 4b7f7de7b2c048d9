import { isErrorCode, isRetryable } from '../error-codes.ts'
import type { AuthOutcome } from '../domain/stores/invites.ts'
import type { Told } from '../words/language.ts'
import { explanations } from '../words/merchant-explanations.ts'
import { merchantPages as words } from '../words/merchant-pages.ts'
import type { Telling } from '../words/params.ts'
import { html, nothing, type Html } from './html.ts'
import { inOneLine, twice } from './page.ts'

/** One line of a list of facts. */
export const row = (name: Told, value: string, note = ''): Html =>
  html`<div>
    <dt>${name.zh}<small>${name.en}</small></dt>
    <dd>${value}${note === '' ? nothing : html`<small>${note}</small>`}</dd>
  </div>`

export const businessRow = (businessId: string): Html => row(words.business, businessId)

/** The account is tied to the business. */
export const boundPage = (businessId: string, { nickName, appid = '' }: AuthOutcome): Html =>
  html`<section>
    <div class="mark">✓</div>
    <h1>${words.done.zh}</h1>
    <span class="en">${words.done.en}</span>
    <dl>${businessRow(businessId)} ${row(words.account, nickName ?? appid, nickName === undefined ? '' : appid)}</dl>
    <p>${twice(words.mayClose)}</p>
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
    <h1>${title.zh}</h1>
    <span class="en">${title.en}</span>
    ${businessId === undefined ? nothing : html`<dl>${businessRow(businessId)}</dl>`}
    <h2>${words.cause.zh} <small>${words.cause.en}</small></h2>
    <p>${twice(cause)}</p>
    <h2>${words.whatToDo.zh} <small>${words.whatToDo.en}</small></h2>
    <p>${twice(cure)}</p>
    ${waits ? html`<div class="ways">${reloadButton}</div>` : nothing}
    <div class="provider">
      <p>${inOneLine(words.forProvider)}: <strong>${code}</strong></p>
      ${telling.map(({ message, hint }) => html`<p>${[message, hint].filter(Boolean).join(' ')}</p>`)}
    </div>
  </section>`
}

/** An empty address is this page's own. */
const reloadButton = html`<a class="button" href="">${twice(words.reload)}</a>`

/** For whoever loads a page before a person asked for it: nothing has happened yet, and a person can go on from here. */
export const waitingPage = html`<section>
  <h1>${words.waiting.zh}</h1>
  <span class="en">${words.waiting.en}</span>
  <div class="ways">
    <a class="button" href="">${twice(words.goOn)}</a>
  </div>
</section>`
