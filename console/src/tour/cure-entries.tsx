import { useState } from 'react'
import { useTexts } from '../text/language.ts'
import { tourTexts } from '../text/tour.ts'
import { AccountField, useAccount } from './account-entry.tsx'
import { type BrokenThing, brokenThings, isLost } from './demo-state.ts'
import { Entry, Press, SimpleEntry } from './entry.tsx'
import { useDemoAction, useDrawer } from './use-demo.ts'

/** The entry of each broken thing, by what cures it. */
const cures = {
  tickets: { action: 'resumeTickets', href: '/overview' },
  quota: { action: 'restoreQuota', href: '/rollouts' },
  wechat: { action: 'bringWechatUp', href: '/merchants' },
  whitelist: { action: 'openWhitelist', href: '/overview' },
  business: { action: 'bringBusinessUp', href: '/events' },
} as const

const order: readonly BrokenThing[] = ['tickets', 'quota', 'wechat', 'whitelist', 'business']

/** What is broken, and what was since this list was opened: an entry that has done its work stays to say so. */
const useShown = (broken: readonly BrokenThing[]): readonly BrokenThing[] => {
  const [shown, setShown] = useState(broken)
  const fresh = broken.filter((thing) => !shown.includes(thing))
  if (fresh.length > 0) setShown([...shown, ...fresh])
  return order.filter((thing) => shown.includes(thing) || fresh.includes(thing))
}

export const CureEntries = () => {
  const texts = useTexts(tourTexts)
  const { state } = useDrawer()
  const broken = brokenThings(state)
  const shown = useShown(broken)
  return (
    <ul className="tour-list">
      {shown.length === 0 && <li className="soft">{texts.nothingBroken}</li>}
      {shown.map((thing) => {
        const { action, href } = cures[thing]
        return (
          <SimpleEntry
            key={thing}
            action={action}
            title={texts[action]}
            what={texts[`${action}What`]}
            look={{ words: texts[`${action}Look`], href }}
            primary={broken.includes(thing)}
          />
        )
      })}
      <ReauthorizeEntry />
      <SimpleEntry
        action="sendTicket"
        title={texts.sendTicket}
        what={texts.sendTicketWhat}
        look={{ words: texts.sendTicketLook, href: '/overview' }}
      />
      <SimpleEntry
        action="runTimers"
        title={texts.runTimers}
        what={texts.runTimersWhat}
        look={{ words: texts.runTimersLook, href: '/overview' }}
      />
    </ul>
  )
}

const ReauthorizeEntry = () => {
  const texts = useTexts(tourTexts)
  const { state } = useDrawer()
  const doing = useDemoAction()
  const accounts = state.merchants.filter(isLost)
  const { account, choose } = useAccount(accounts)
  return (
    <Entry
      title={texts.reauthorize}
      what={texts.reauthorizeWhat}
      look={{ words: texts.reauthorizeLook, href: account ? `/merchants/${account.appid}` : '/overview' }}
      result={doing.result}
    >
      {account ? (
        <div className="tour-form">
          <AccountField
            accounts={accounts}
            value={account}
            onChange={choose}
            label={({ nickName, businessId = '' }) => `${nickName} · ${businessId}`}
          />
          <Press action="scan" input={{ appid: account.appid, businessId: account.businessId }} doing={doing} primary>
            {texts.scanButton}
          </Press>
        </div>
      ) : (
        <p className="fine">{texts.noAccount}</p>
      )}
    </Entry>
  )
}
