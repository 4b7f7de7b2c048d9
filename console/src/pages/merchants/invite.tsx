import { useState } from 'react'
import { Button, CopyButton, LinkButton } from '../../parts/button.tsx'
import type { DataOf } from '../../api/call.ts'
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
import { useForm } from '../../api/use-form.ts'

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

interface Draft {
  readonly businessId: string
  readonly accountType: 'miniprogram' | 'official' | 'any'
  readonly hours: (typeof lifetimes)[number]
  /** `name=value`, one a line. */
  readonly attributes: string
}

const InviteForm = ({ businessId, appid, onMade }: InviteFormProps) => {
  const texts = useTexts(inviteTexts)
  const begin: Draft = { businessId, accountType: 'miniprogram', hours: '168', attributes: '' }
  const form = useForm('bindings.createLink', {
    begin,
    input: ({ hours, attributes, ...values }) => {
      const parsed = parseAttributes(attributes)
      return {
        businessId: values.businessId.trim(),
        accountType: values.accountType,
        expiresInHours: Number(hours),
        ...(appid !== undefined && { appid }),
        ...(attributes.trim() !== '' && 'attributes' in parsed && { attributes: parsed.attributes }),
      }
    },
    wrong: ({ attributes }) => {
      const parsed = parseAttributes(attributes)
      return { attributes: 'wrong' in parsed ? texts.attributesWrong(parsed.wrong) : undefined }
    },
    onDone: (data, values) => onMade({ ...data, businessId: values.businessId.trim() }),
  })
  const { field } = form
  const words = { '24': texts.day, '168': texts.week, '720': texts.month }
  return (
    <Form form={form} submit={texts.create}>
      <p className="soft">{texts.about}</p>
      <TextField
        label={texts.businessId}
        hint={texts.businessIdHint}
        placeholder="shop-001"
        {...field('businessId')}
        autoFocus
        mono
      />
      <div className="columns">
        <ChoiceField
          label={texts.accountType}
          {...field('accountType')}
          choices={(['miniprogram', 'official', 'any'] as const).map((value) => ({ value, label: texts[value] }))}
        />
        <ChoiceField
          label={texts.hours}
          {...field('hours')}
          choices={lifetimes.map((value) => ({ value, label: words[value] }))}
        />
      </div>
      <TextAreaField label={texts.attributes} hint={texts.attributesHint} {...field('attributes')} optional mono />
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
