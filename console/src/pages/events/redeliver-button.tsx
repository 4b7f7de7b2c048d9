import { useState } from 'react'
import RefreshIcon from 'tdesign-icons-react/esm/components/refresh.js'
import { useAction } from '../../api/use-action.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { Notice } from '../../parts/notice.tsx'
import { toast } from '../../parts/toast.tsx'
import { eventsTexts } from '../../text/events.ts'
import { useTexts } from '../../text/language.ts'

/** Sends an event once more, and says how that went. */
export const RedeliverButton = ({ deliveryId, what }: { readonly deliveryId: string; readonly what: string }) => {
  const texts = useTexts(eventsTexts)
  const redeliver = useAction('subscriptions.redeliver')
  const [failure, setFailure] = useState<string>()
  return (
    <ConfirmButton
      size="small"
      icon={<RefreshIcon aria-hidden />}
      title={texts.redeliverTitle}
      consequence={
        <div className="stack tight">
          <p>{texts.redeliverWords(what)}</p>
          {failure !== undefined && <Notice tone="bad">{texts.notDelivered(failure)}</Notice>}
        </div>
      }
      action={redeliver}
      onOpen={() => setFailure(undefined)}
      onConfirm={async () => {
        setFailure(undefined)
        const outcome = await redeliver.run({ deliveryId })
        if (outcome?.delivered === true) toast(texts.redelivered(outcome.httpStatus))
        else if (outcome) setFailure(outcome.error ?? `HTTP ${outcome.httpStatus ?? ''}`)
        return outcome?.delivered === true
      }}
    >
      {texts.redeliver}
    </ConfirmButton>
  )
}
