import dayjs from 'dayjs'
import utc from 'dayjs/plugin/utc.js'
import type { OpenedInvite } from '../domain/authorizers/open-invite.ts'
import type { EpochMs } from '../time.ts'
import { accountKinds, merchantPages as words } from '../words/merchant-pages.ts'
import { html, nothing, type Html } from './html.ts'
import { inOneLine, twice } from './page.ts'
import { businessRow, row } from './result-page.ts'

dayjs.extend(utc)

/** Where a merchant begins: what is asked for, by whom, for which business, and the two ways on. */
export function startPage({ invite, links }: OpenedInvite, componentAppid: string): Html {
  const { name, grants } = accountKinds[invite.accountType]
  return html`<section>
    <h1>${words.heading.zh.replace('{kind}', name.zh)}</h1>
    <span class="en">${words.heading.en.replace('{kind}', name.en)}</span>
    <dl>
      ${businessRow(invite.businessId)} ${row(words.grantedTo, inOneLine(words.platform), componentAppid)}
      ${row(words.kindOfAccount, name.zh, name.en)}
      ${invite.appid === undefined ? nothing : row(words.chosenAccount, invite.appid)}
      ${row(words.validUntil, inBeijing(invite.expiresAt), inOneLine(words.beijing))}
    </dl>
    <h2>${words.whatYouAllow.zh} <small>${words.whatYouAllow.en}</small></h2>
    <ul>
      ${grants.map((grant) => html`<li>${twice(grant)}</li>`)}
    </ul>
    <div class="ways">
      <a class="button phone" href="${links.phone}">${twice(words.onPhone)}</a>
      <a class="button second computer" href="${links.computer}">${twice(words.onComputer)}</a>
    </div>
    <p>${twice(words.byAdministrator)}</p>
    <p>${twice(words.safe)}</p>
  </section>`
}

/** China has one time zone, without summer time. */
const inBeijing = (time: EpochMs): string => dayjs(time).utcOffset(8).format('YYYY-MM-DD HH:mm')
