import { useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Panel } from '../../parts/panel.tsx'
import { toast } from '../../parts/toast.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { privacyTexts } from '../../text/merchant.ts'
import { type Guideline, readGuideline } from '../../wechat/privacy.ts'

export const MerchantPrivacy = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(privacyTexts)
  const { data, problem, reload } = useOperation('miniprograms.getPrivacy', { appid })
  return (
    <Panel title={texts.title}>
      <div className="stack">
        <p className="soft">{texts.about}</p>
        <ErrorNotice problem={problem} onRetry={reload} />
        {!data && !problem && <Waiting />}
        {data && <GuidelineForm appid={appid} guideline={readGuideline(data)} />}
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
  const [email, setEmail] = useState(guideline.email)
  const [phone, setPhone] = useState(guideline.phone)
  const [notice, setNotice] = useState(guideline.notice || texts.noticeDefault)
  const [purposes, setPurposes] = useState<ReadonlyMap<string, string>>(
    new Map([...guideline.missing.map((key) => [key, ''] as const), ...guideline.purposes]),
  )
  const [newKey, setNewKey] = useState('')
  const [unsaved, setUnsaved] = useState<readonly string[]>([])
  const save = useAction('miniprograms.setPrivacy')
  const write = (key: string, purpose: string): void => setPurposes(new Map(purposes).set(key, purpose))
  const hasContact = email.trim() !== '' || phone.trim() !== '' || Object.keys(guideline.otherContacts).length > 0

  const submit = async (): Promise<void> => {
    const done = await save.run({
      appid,
      ownerSetting: {
        ...guideline.otherContacts,
        ...(email.trim() !== '' && { contact_email: email.trim() }),
        ...(phone.trim() !== '' && { contact_phone: phone.trim() }),
        notice_method: notice.trim(),
      },
      settingList: [...purposes]
        .filter(([, purpose]) => purpose.trim() !== '')
        .map(([privacy_key, privacy_text]) => ({ privacy_key, privacy_text: privacy_text.trim() })),
    })
    if (!done) return
    // WeChat takes none without a purpose.
    const left = [...purposes].filter(([, purpose]) => purpose.trim() === '').map(([key]) => key)
    setUnsaved(left)
    if (left.length === 0) toast(texts.saved)
  }
  return (
    <Form onSubmit={submit} action={save}>
      <Coverage guideline={guideline} />
      <div className="columns">
        <TextField label={texts.email} value={email} onChange={setEmail} />
        <TextField label={texts.phone} value={phone} onChange={setPhone} />
        <TextField label={texts.notice} value={notice} onChange={setNotice} hint={texts.noticeHint} />
      </div>
      <fieldset className="plain-set stack">
        <legend>{texts.keys}</legend>
        <div className="columns">
          {[...purposes].map(([key, purpose]) => (
            <TextField
              key={key}
              label={guideline.labels.get(key) ?? key}
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
      <ErrorNotice problem={save.problem} />
      {unsaved.length > 0 && (
        <Notice tone="warn">{texts.savedWithout(unsaved.map((key) => guideline.labels.get(key) ?? key))}</Notice>
      )}
      <div className="row">
        <Button type="submit" loading={save.busy} disabled={!hasContact || notice.trim() === ''}>
          {texts.save}
        </Button>
        {!hasContact && <span className="fine">{texts.needContact}</span>}
      </div>
    </Form>
  )
}

const Coverage = ({ guideline: { hasCode, missing } }: { readonly guideline: Guideline }) => {
  const texts = useTexts(privacyTexts)
  if (!hasCode) return <Notice>{texts.noCode}</Notice>
  if (missing.length > 0) return <Notice tone="warn">{texts.missing(missing.length)}</Notice>
  return <Notice tone="good">{texts.complete}</Notice>
}
