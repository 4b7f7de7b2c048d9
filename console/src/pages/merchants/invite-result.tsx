import { Button } from '../../parts/button.tsx'
import { useOperation } from '../../api/use-operation.ts'
import { CopyButton } from '../../parts/copy-button.tsx'
import { LinkButton } from '../../parts/link-button.tsx'
import { Mark } from '../../parts/mark.tsx'
import { QrCode } from '../../parts/qr-code.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useTexts } from '../../text/language.ts'
import { inviteTexts } from '../../text/merchants.ts'
import type { Invitation } from './invite-dialog.tsx'

interface InviteResultProps {
  readonly invitation: Invitation
  readonly onAgain: () => void
  readonly onClose: () => void
}

/** The link to hand on; it says when the merchant has used it. */
export const InviteResult = ({ invitation, onAgain, onClose }: InviteResultProps) => {
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
