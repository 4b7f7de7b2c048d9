import { useState } from 'react'
import { CheckField, ChoiceField, TextField } from '../parts/fields.tsx'
import { useTexts } from '../text/language.ts'
import { tourTexts } from '../text/tour.ts'
import { AccountEntry, AccountField, useAccount } from './account-entry.tsx'
import { byExpectation, likelyBusiness, nextBusiness } from './demo-state.ts'
import { Entry, Press } from './entry.tsx'
import { useDemoAction, useDrawer } from './use-demo.ts'

export const MerchantEntries = () => {
  const texts = useTexts(tourTexts)
  return (
    <ul className="tour-list">
      <ScanEntry />
      <AccountEntry
        action="withdraw"
        title={texts.withdraw}
        what={texts.withdrawWhat}
        lookWords={texts.withdrawLook}
        lookAt={(appid) => `/merchants/${appid}`}
        offers={({ can }) => can.includes('withdraw')}
      />
      <AccountEntry
        action="withholdDevelopment"
        title={texts.withhold}
        what={texts.withholdWhat}
        lookWords={texts.withholdLook}
        lookAt={(appid) => `/merchants/${appid}`}
        offers={({ can }) => can.includes('withholdDevelopment')}
      />
      <UploadEntry />
    </ul>
  )
}

const ScanEntry = () => {
  const texts = useTexts(tourTexts)
  const { state } = useDrawer()
  const doing = useDemoAction()
  const accounts = byExpectation(state)
  const { account, choose } = useAccount(accounts)
  const [business, setBusiness] = useState('')
  const [without, setWithout] = useState(false)
  if (!account) return null
  const businesses = [
    ...(account.businessId === undefined
      ? []
      : [{ value: account.businessId, label: texts.scanOwn(account.businessId) }]),
    ...state.invited.map(({ businessId, shopName }) => ({
      value: businessId,
      label: texts.scanInvited(businessId, shopName),
    })),
    { value: nextBusiness(state), label: texts.scanNew(nextBusiness(state)) },
  ]
  const chosen = businesses.some(({ value }) => value === business) ? business : likelyBusiness(state, account)
  return (
    <Entry
      title={texts.scan}
      what={texts.scanWhat}
      look={{ words: texts.scanLook, href: '/merchants' }}
      result={doing.result}
    >
      <div className="tour-form">
        <AccountField
          accounts={accounts}
          value={account}
          onChange={(appid) => {
            choose(appid)
            setBusiness('')
          }}
          label={({ nickName, authorized }) => `${nickName} · ${authorized ? texts.authorized : texts.notAuthorized}`}
        />
        <ChoiceField label={texts.scanBusiness} value={chosen} onChange={setBusiness} choices={businesses} />
        <CheckField label={texts.scanWithout} value={without} onChange={setWithout} />
        <Press
          action="scan"
          input={{ appid: account.appid, businessId: chosen, withoutDevelopment: without }}
          doing={doing}
          primary
        >
          {texts.scanButton}
        </Press>
      </div>
    </Entry>
  )
}

const UploadEntry = () => {
  const texts = useTexts(tourTexts)
  const doing = useDemoAction()
  const [version, setVersion] = useState('1.3.0')
  const [description, setDescription] = useState(texts.uploadDescription)
  return (
    <Entry
      title={texts.upload}
      what={texts.uploadWhat}
      look={{ words: texts.uploadLook, href: '/templates' }}
      result={doing.result}
    >
      <div className="tour-form">
        <TextField label={texts.version} value={version} onChange={setVersion} />
        <TextField label={texts.description} value={description} onChange={setDescription} />
        <Press
          action="uploadDraft"
          input={{ version, description }}
          doing={doing}
          disabled={version.trim() === '' || description.trim() === ''}
        >
          {texts.uploadButton}
        </Press>
      </div>
    </Entry>
  )
}
