import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import type { DataOf } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { ChoiceField, TextAreaField, TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Modal } from '../../parts/modal.tsx'
import { useTexts } from '../../text/language.ts'
import { inviteTexts } from '../../text/merchants.ts'
import { parseAttributes } from './attributes.ts'
import { InviteResult } from './invite-result.tsx'

interface InviteDialogProps {
  readonly open: boolean
  /** Given: this business, which has a link already. */
  readonly businessId?: string
  /** Given: only this account may authorize with the link. */
  readonly appid?: string
  readonly onClose: () => void
}

export interface Invitation extends DataOf<'bindings.createLink'> {
  readonly businessId: string
}

export const InviteDialog = ({ open, businessId = '', appid, onClose }: InviteDialogProps) => {
  const texts = useTexts(inviteTexts)
  const [made, setMade] = useState<Invitation>()
  const [round, setRound] = useState(0)
  const again = (): void => {
    setMade(undefined)
    setRound(round + 1)
  }
  return (
    <Modal open={open} title={texts.title} onClose={onClose} wide>
      {made ? (
        <InviteResult invitation={made} onAgain={again} onClose={onClose} />
      ) : (
        <InviteForm key={round} businessId={businessId} appid={appid} onMade={setMade} />
      )}
    </Modal>
  )
}

interface InviteFormProps {
  readonly businessId: string
  readonly appid: string | undefined
  readonly onMade: (invitation: Invitation) => void
}

const lifetimes = ['24', '168', '720'] as const

const InviteForm = ({ businessId: given, appid, onMade }: InviteFormProps) => {
  const texts = useTexts(inviteTexts)
  const create = useAction('bindings.createLink')
  const [businessId, setBusinessId] = useState(given)
  const [accountType, setAccountType] = useState<'miniprogram' | 'official' | 'any'>('miniprogram')
  const [attributeText, setAttributeText] = useState('')
  const [hours, setHours] = useState<(typeof lifetimes)[number]>('168')
  const parsed = parseAttributes(attributeText)
  const wrong = 'wrong' in parsed ? texts.attributesWrong(parsed.wrong) : undefined

  const submit = async (): Promise<void> => {
    if ('wrong' in parsed) return
    const data = await create.run({
      businessId: businessId.trim(),
      accountType,
      expiresInHours: Number(hours),
      ...(appid !== undefined && { appid }),
      ...(attributeText.trim() !== '' && { attributes: parsed.attributes }),
    })
    if (data) onMade({ ...data, businessId: businessId.trim() })
  }
  return (
    <Form onSubmit={submit} action={create}>
      <p className="soft">{texts.about}</p>
      <TextField
        label={texts.businessId}
        value={businessId}
        onChange={setBusinessId}
        hint={texts.businessIdHint}
        placeholder="shop-001"
        autoFocus
        mono
      />
      <div className="columns">
        <ChoiceField
          label={texts.accountType}
          value={accountType}
          onChange={setAccountType}
          choices={(['miniprogram', 'official', 'any'] as const).map((value) => ({ value, label: texts[value] }))}
        />
        <ChoiceField
          label={texts.hours}
          value={hours}
          onChange={setHours}
          choices={[
            { value: '24', label: texts.day },
            { value: '168', label: texts.week },
            { value: '720', label: texts.month },
          ]}
        />
      </div>
      <TextAreaField
        label={texts.attributes}
        value={attributeText}
        onChange={setAttributeText}
        hint={texts.attributesHint}
        error={wrong}
        optional
        mono
      />
      <ErrorNotice problem={create.problem} />
      <div className="row">
        <Button type="submit" loading={create.busy} disabled={businessId.trim() === '' || wrong !== undefined}>
          {texts.create}
        </Button>
      </div>
    </Form>
  )
}
