import { isErrorCode, isRetryable } from '../error-codes.ts'
import type { Completed } from '../domain/authorizers/complete-authorization.ts'
import type { Told } from '../words/language.ts'
import { explanations } from '../words/merchant-explanations.ts'
import { merchantPages as words } from '../words/merchant-pages.ts'
import type { Telling } from '../words/params.ts'
import { termOf } from '../words/terms.ts'
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
export function boundPage({ businessId, outcome: { nickName, appid = '' }, lacks }: Completed): Html {
  const title = lacks ? words.almostDone : words.done
  return html`<section>
    <div class="mark ${lacks ? 'wait' : ''}">${lacks ? '!' : '✓'}</div>
    <h1>${title.zh}</h1>
    <span class="en">${title.en}</span>
    <dl>${businessRow(businessId)} ${row(words.account, nickName ?? appid, nickName === undefined ? '' : appid)}</dl>
    ${lacks ? whatIsLacking(lacks) : html`<p>${twice(words.mayClose)}</p>`}
  </section>`
}

/** The merchant unticked a permission that is needed: which, and the way to tick it. */
const whatIsLacking = ({ sets, againUrl }: NonNullable<Completed['lacks']>): Html =>
  html`<p>${twice(words.lacks)}</p>
    <ul>
      ${sets.map((set) => {
        const [zh, en] = [termOf('permissionSet', String(set), 'zh'), termOf('permissionSet', String(set), 'en')]
        return html`<li>${twice({ zh, en })}</li>`
      })}
    </ul>
    <p>${twice(words.howToGrant)}</p>
    <div class="ways"><a class="button" href="${againUrl}">${twice(words.authorizeAgain)}</a></div>`

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
