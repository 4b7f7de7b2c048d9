import { useState } from 'react'
import RefreshIcon from 'tdesign-icons-react/esm/components/refresh.js'
import { useAction } from '../../api/use-action.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { toast } from '../../parts/toast.tsx'
import { eventsTexts } from '../../text/events.ts'
import { useLanguage, useTexts } from '../../text/language.ts'
import { type Tellable, tellInConsole } from '../../text/told.ts'

/** Sends an event once more, and says how that went. */
export const RedeliverButton = ({ deliveryId, what }: { readonly deliveryId: string; readonly what: string }) => {
  const texts = useTexts(eventsTexts)
  const { language } = useLanguage()
  const redeliver = useAction('subscriptions.redeliver')
  const [failure, setFailure] = useState<Tellable>()
  return (
    <ConfirmButton
      size="small"
      icon={<RefreshIcon aria-hidden />}
      title={texts.redeliverTitle}
      consequence={
        <div className="stack tight">
          <p>{texts.redeliverWords(what)}</p>
          {failure && <Notice tone="bad">{texts.notDelivered(tellInConsole(failure, language).message)}</Notice>}
        </div>
      }
      action={redeliver}
      onOpen={() => setFailure(undefined)}
      onConfirm={async () => {
        setFailure(undefined)
        const outcome = await redeliver.run({ deliveryId })
        if (!outcome || 'redelivered' in outcome) return false
        if (outcome.delivered) toast(texts.redelivered(outcome.httpStatus))
        else setFailure(outcome.error)
        return outcome.delivered
      }}
    >
      {texts.redeliver}
    </ConfirmButton>
  )
}
