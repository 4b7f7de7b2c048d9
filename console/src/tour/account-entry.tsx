import { useState } from 'react'
import { ChoiceField } from '../parts/fields.tsx'
import { useTexts } from '../text/language.ts'
import { tourTexts } from '../text/tour.ts'
import type { DemoMerchant } from './demo-api.ts'
import { Entry, Press } from './entry.tsx'
import { useDemoAction, useDrawer } from './use-demo.ts'

/** The chosen account; the first where the chosen one is no longer offered. */
export const useAccount = (accounts: readonly DemoMerchant[]) => {
  const [appid, setAppid] = useState('')
  const account = accounts.find((one) => one.appid === appid) ?? accounts[0]
  return { account, choose: setAppid }
}

interface AccountFieldProps {
  readonly accounts: readonly DemoMerchant[]
  readonly value: DemoMerchant
  readonly onChange: (appid: string) => void
  readonly label: (account: DemoMerchant) => string
}

export const AccountField = ({ accounts, value, onChange, label }: AccountFieldProps) => {
  const texts = useTexts(tourTexts)
  const choices = accounts.map((account) => ({ value: account.appid, label: label(account) }))
  return <ChoiceField label={texts.account} value={value.appid} onChange={onChange} choices={choices} />
}

interface AccountEntryProps {
  readonly action: string
  readonly title: string
  readonly what: string
  readonly lookWords: string
  /** Of the chosen account. */
  readonly lookAt: (appid: string) => string
  /** Who is offered. */
  readonly offers: (account: DemoMerchant) => boolean
}

/** An entry about one merchant. */
export const AccountEntry = ({ action, title, what, lookWords, lookAt, offers }: AccountEntryProps) => {
  const texts = useTexts(tourTexts)
  const { state } = useDrawer()
  const doing = useDemoAction()
  const accounts = state.merchants.filter(offers)
  const { account, choose } = useAccount(accounts)
  const look = { words: lookWords, href: account ? lookAt(account.appid) : '/merchants' }
  return (
    <Entry title={title} what={what} look={look} result={doing.result}>
      {account ? (
        <div className="tour-form">
          <AccountField
            accounts={accounts}
            value={account}
            onChange={choose}
            label={({ nickName, businessId }) => (businessId === undefined ? nickName : `${nickName} · ${businessId}`)}
          />
          <Press action={action} input={{ appid: account.appid }} doing={doing}>
            {title}
          </Press>
        </div>
      ) : (
        <p className="fine">{texts.noAccount}</p>
      )}
    </Entry>
  )
}
