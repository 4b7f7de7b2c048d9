import { useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Notice } from '../../parts/notice.tsx'
import { toast } from '../../parts/toast.tsx'
import { useLanguage, useTexts } from '../../text/language.ts'
import { subscriptionTexts } from '../../text/subscriptions.ts'
import { tellInConsole } from '../../text/told.ts'
import type { Subscription } from './subscription-match.ts'

interface ActionProps {
  readonly subscription: Subscription
}

/** Sends an event now; how that went stays beside the button. */
export const TestButton = ({ subscription: { subscriptionId } }: ActionProps) => {
  const texts = useTexts(subscriptionTexts)
  const { language } = useLanguage()
  const test = useAction('subscriptions.test')
  const [outcome, setOutcome] = useState<{ readonly delivered: boolean; readonly words: string }>()
  const run = async (): Promise<void> => {
    setOutcome(undefined)
    const answer = await test.run({ subscriptionId })
    if (!answer) return
    const { delivered, httpStatus, error } = answer
    setOutcome({
      delivered,
      words: error ? texts.testBad(tellInConsole(error, language).message) : texts.testGood(httpStatus),
    })
  }
  return (
    <>
      <div className="action-outcome" role="status">
        {outcome && <Notice tone={outcome.delivered ? 'good' : 'bad'}>{outcome.words}</Notice>}
        <ErrorNotice problem={test.problem} />
      </div>
      <Button
        size="small"
        variant="outline"
        theme="default"
        action={test}
        loading={test.busy}
        onClick={() => void run()}
      >
        {texts.test}
      </Button>
    </>
  )
}

export const SwitchButton = ({ subscription: { subscriptionId, url, match, enabled } }: ActionProps) => {
  const texts = useTexts(subscriptionTexts)
  const put = useAction('subscriptions.put')
  return (
    <ConfirmButton
      size="small"
      variant={enabled ? 'outline' : 'base'}
      title={enabled ? texts.disableTitle : texts.enableTitle}
      consequence={enabled ? texts.disableConsequence : texts.enableConsequence}
      action={put}
      onConfirm={async () => {
        const answer = await put.run({ subscriptionId, url, match, enabled: !enabled })
        if (answer) toast(enabled ? texts.disabled : texts.enabled)
        return answer !== undefined
      }}
    >
      {enabled ? texts.disable : texts.enable}
    </ConfirmButton>
  )
}

interface RotateProps extends ActionProps {
  readonly onSecret: (secret: string) => void
}

export const RotateSecret = ({ subscription: { subscriptionId, url, match }, onSecret }: RotateProps) => {
  const texts = useTexts(subscriptionTexts)
  const put = useAction('subscriptions.put')
  return (
    <ConfirmButton
      size="small"
      title={texts.rotateTitle}
      consequence={texts.rotateConsequence}
      action={put}
      onConfirm={async () => {
        const answer = await put.run({ subscriptionId, url, match, rotateSecret: true })
        if (answer?.secret !== undefined) onSecret(answer.secret)
        return answer !== undefined
      }}
    >
      {texts.rotate}
    </ConfirmButton>
  )
}

export const DeleteSubscription = ({ subscription: { subscriptionId, url } }: ActionProps) => {
  const texts = useTexts(subscriptionTexts)
  const remove = useAction('subscriptions.delete')
  return (
    <ConfirmButton
      size="small"
      variant="text"
      danger
      title={texts.removeTitle}
      consequence={
        <div className="stack tight">
          <p className="mono">{url}</p>
          <p>{texts.removeConsequence}</p>
        </div>
      }
      action={remove}
      onConfirm={async () => {
        const answer = await remove.run({ subscriptionId })
        if (answer) toast(texts.removed)
        return answer !== undefined
      }}
    >
      {texts.remove}
    </ConfirmButton>
  )
}
