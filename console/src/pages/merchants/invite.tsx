import { useState } from 'react'
import { Button, CopyButton, LinkButton } from '../../parts/button.tsx'
import type { DataOf } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { ErrorNotice } from '../../parts/notice.tsx'
import { ChoiceField, TextAreaField, TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Modal } from '../../parts/modal.tsx'
import { useTexts } from '../../text/language.ts'
import { inviteTexts } from '../../text/merchants.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Mark } from '../../parts/mark.tsx'
import { QrCode } from '../../parts/qr-code.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { parseAttributes } from '../../text/typed.ts'

interface InviteDialogProps {
  readonly open: boolean
  /** Given: this business, which has a link already. */
  readonly businessId?: string
  /** Given: only this account may authorize with the link. */
  readonly appid?: string
  readonly onClose: () => void
}

interface Invitation extends DataOf<'bindings.createLink'> {
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

interface InviteResultProps {
  readonly invitation: Invitation
  readonly onAgain: () => void
  readonly onClose: () => void
}

/** The link to hand on; it says when the merchant has used it. */
const InviteResult = ({ invitation, onAgain, onClose }: InviteResultProps) => {
  const texts = useTexts(inviteTexts)
  const { businessId, inviteUrl, expiresAt } = invitation
  const { data: binding } = useOperation('bindings.get', { businessId })
  const isBound = binding?.status === 'bound' && binding.problem === undefined
  return (
    <>
      <div className="invite-result">
        <QrCode value={inviteUrl} label={texts.qr} />
        <div className="stack tight">
          <p>
            <strong>{texts.ready}</strong>
          </p>
          <p className="soft">{texts.readyHint}</p>
          <p className="invite-link">{inviteUrl}</p>
          <div className="row">
            <CopyButton value={inviteUrl} label={texts.copy} shown />
            <a href={inviteUrl} target="_blank" rel="noreferrer">
              {texts.open}
            </a>
          </div>
          <p className="fine">
            {texts.expires} <TimeText value={expiresAt} />
          </p>
        </div>
      </div>
      <p role="status">
        {isBound ? (
          <Mark tone="good">{texts.bound(binding.nickName ?? businessId)}</Mark>
        ) : (
          <span className="soft">{texts.waiting}</span>
        )}
      </p>
      <div className="row">
        {isBound && binding.appid !== undefined && (
          <LinkButton href={`/merchants/${binding.appid}`} primary>
            {texts.toMerchant}
          </LinkButton>
        )}
        <Button variant="outline" onClick={onAgain}>
          {texts.another}
        </Button>
        <Button variant="outline" onClick={onClose}>
          {texts.done}
        </Button>
      </div>
    </>
  )
}
