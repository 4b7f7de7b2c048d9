import { useState } from 'react'
import { useOperation } from '../../api/use-operation.ts'
import { Button } from '../../parts/button.tsx'
import { TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Panel } from '../../parts/panel.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { privacyTexts } from '../../text/merchant.ts'
import { type Guideline, readGuideline } from '../../wechat/privacy.ts'
import { useForm } from '../../api/use-form.ts'
import { Notice } from '../../parts/notice.tsx'
import { Pending } from '../../parts/waiting.tsx'

export const MerchantPrivacy = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(privacyTexts)
  const privacy = useOperation('miniprograms.getPrivacy', { appid })
  return (
    <Panel title={texts.title}>
      <div className="stack">
        <p className="soft">{texts.about}</p>
        <Pending of={privacy} />
        {privacy.data && <GuidelineForm appid={appid} guideline={readGuideline(privacy.data)} />}
      </div>
    </Panel>
  )
}

interface GuidelineFormProps {
  readonly appid: string
  readonly guideline: Guideline
}

const GuidelineForm = ({ appid, guideline }: GuidelineFormProps) => {
  const texts = useTexts(privacyTexts)
  const { labels, missing, otherContacts } = guideline
  const [newKey, setNewKey] = useState('')
  const [unsaved, setUnsaved] = useState<readonly string[]>([])
  const begin: { readonly purposes: ReadonlyMap<string, string> } & Record<
    'contact_email' | 'contact_phone' | 'notice_method',
    string
  > = {
    contact_email: guideline.email,
    contact_phone: guideline.phone,
    notice_method: guideline.notice || texts.noticeDefault,
    purposes: new Map([...missing.map((key) => [key, ''] as const), ...guideline.purposes]),
  }
  const form = useForm('miniprograms.setPrivacy', {
    begin,
    input: ({ contact_email: email, contact_phone: phone, notice_method, purposes }) => ({
      appid,
      ownerSetting: {
        ...otherContacts,
        ...(email.trim() !== '' && { contact_email: email.trim() }),
        ...(phone.trim() !== '' && { contact_phone: phone.trim() }),
        notice_method: notice_method.trim(),
      },
      settingList: [...purposes]
        .filter(([, purpose]) => purpose.trim() !== '')
        .map(([privacy_key, privacy_text]) => ({ privacy_key, privacy_text: privacy_text.trim() })),
    }),
    onDone: (_, { purposes }) => {
      // WeChat takes none without a purpose.
      const left = [...purposes].filter(([, purpose]) => purpose.trim() === '').map(([key]) => key)
      setUnsaved(left)
      if (left.length === 0) toast(texts.saved)
    },
  })
  const { field, values, change } = form
  const { purposes, contact_email: email, contact_phone: phone } = values
  const write = (key: string, purpose: string): void => change({ purposes: new Map(purposes).set(key, purpose) })
  const hasContact = email.trim() !== '' || phone.trim() !== '' || Object.keys(otherContacts).length > 0
  return (
    <Form
      form={form}
      submit={texts.save}
      ready={hasContact}
      beside={!hasContact && <span className="fine">{texts.needContact}</span>}
    >
      <Coverage guideline={guideline} />
      <div className="columns">
        <TextField label={texts.email} {...field('contact_email')} />
        <TextField label={texts.phone} {...field('contact_phone')} />
        <TextField label={texts.notice} hint={texts.noticeHint} {...field('notice_method')} />
      </div>
      <fieldset className="plain-set stack">
        <legend>{texts.keys}</legend>
        <div className="columns">
          {[...purposes].map(([key, purpose]) => (
            <TextField
              key={key}
              label={labels.get(key) ?? key}
              value={purpose}
              onChange={(text) => write(key, text)}
              error={unsaved.includes(key) && purpose.trim() === '' ? texts.purposeNeeded : undefined}
              placeholder={texts.purposeHint}
              hint={<span className="mono">{key}</span>}
            />
          ))}
        </div>
        <div className="row field-row">
          <TextField label={texts.key} value={newKey} onChange={setNewKey} placeholder="UserInfo" optional mono />
          <Button
            variant="outline"
            disabled={newKey.trim() === '' || purposes.has(newKey.trim())}
            onClick={() => {
              write(newKey.trim(), '')
              setNewKey('')
            }}
          >
            {texts.addKey}
          </Button>
        </div>
      </fieldset>
      {unsaved.length > 0 && (
        <Notice tone="warn">{texts.savedWithout(unsaved.map((key) => labels.get(key) ?? key))}</Notice>
      )}
    </Form>
  )
}

const Coverage = ({ guideline: { hasCode, missing } }: { readonly guideline: Guideline }) => {
  const texts = useTexts(privacyTexts)
  if (!hasCode) return <Notice>{texts.noCode}</Notice>
  if (missing.length > 0) return <Notice tone="warn">{texts.missing(missing.length)}</Notice>
  return <Notice tone="good">{texts.complete}</Notice>
}
