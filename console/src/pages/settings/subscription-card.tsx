import { useState } from 'react'
import { Button, LinkButton } from '../../parts/button.tsx'
import { Facts, Panel } from '../../parts/panel.tsx'
import { Mark } from '../../parts/mark.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useLanguage, useTexts } from '../../text/language.ts'
import { subscriptionTexts } from '../../text/subscriptions.ts'
import { tellInConsole } from '../../text/told.ts'
import { type Subscription, useMatchWords } from './subscription-form.tsx'
import type { Delivery } from '../../../../client/src/client.ts'
import { useStateWords } from '../../text/states.ts'
import { useAction } from '../../api/use-action.ts'
import { OperationButton } from '../../parts/confirm-button.tsx'

interface SubscriptionCardProps {
  readonly subscription: Subscription
  readonly onEdit: () => void
  readonly onSecret: (secret: string) => void
}

export const SubscriptionCard = ({ subscription, onEdit, onSecret }: SubscriptionCardProps) => {
  const texts = useTexts(subscriptionTexts)
  const wordsOf = useMatchWords()
  const { language } = useLanguage()
  const { subscriptionId, url, match, createdAt, waiting, failed, deliveries, switchedOffAt } = subscription
  const { enabled, failingSince, nextAttemptAt, lastError, formerSecretUntil } = subscription
  return (
    <Panel
      title={<span className="mono subscription-url">{url}</span>}
      note={wordsOf(match)}
      actions={<Standing subscription={subscription} />}
    >
      <div className="stack">
        {switchedOffAt !== undefined && <Notice tone="bad">{texts.switchedOffNotice}</Notice>}
        <Facts
          facts={[
            [texts.waiting, waiting > 0 ? waiting : undefined],
            [texts.failed, failed > 0 ? <span className="alarming">{failed}</span> : undefined],
            [texts.failingSince, failingSince && <TimeText value={failingSince} form="ago" />],
            [texts.nextTry, nextAttemptAt && <TimeText value={nextAttemptAt} form="ago" />],
            [texts.switchedOff, switchedOffAt && <TimeText value={switchedOffAt} />],
            [texts.formerSecret, formerSecretUntil && <TimeText value={formerSecretUntil} />],
            [texts.created, <TimeText key="created" value={createdAt} />],
          ]}
        />
        {lastError !== undefined && (
          <p>
            <span className="fine">{texts.lastError}</span>{' '}
            <span className="alarming">{tellInConsole(lastError, language).message}</span>
          </p>
        )}
        {deliveries.length > 0 && <DeliveryStrip deliveries={deliveries} />}
        <div className="row">
          <TestButton subscription={subscription} />
          <SwitchButton subscription={subscription} />
          <Button size="small" variant="outline" theme="default" onClick={onEdit}>
            {texts.edit}
          </Button>
          <RotateSecret subscription={subscription} onSecret={onSecret} />
          <LinkButton href={`/events/deliveries?subscription=${subscriptionId}`} size="small">
            {texts.deliveries}
          </LinkButton>
          {enabled && failed > 0 && <RedeliverFailed subscription={subscription} />}
          <DeleteSubscription subscription={subscription} />
        </div>
      </div>
    </Panel>
  )
}

const Standing = ({ subscription }: { readonly subscription: Subscription }) => {
  const texts = useTexts(subscriptionTexts)
  const { enabled, switchedOffAt, failingSince, deliveries } = subscription
  if (switchedOffAt !== undefined) return <Mark tone="bad">{texts.switchedOff}</Mark>
  if (!enabled) return <Mark>{texts.off}</Mark>
  if (failingSince !== undefined) return <Mark tone="warn">{texts.failing}</Mark>
  return deliveries.length === 0 ? <Mark tone="calm">{texts.idle}</Mark> : <Mark tone="good">{texts.well}</Mark>
}

/** The newest deliveries at a glance, the latest at the right. */
const DeliveryStrip = ({ deliveries }: { readonly deliveries: readonly Delivery[] }) => {
  const texts = useTexts(subscriptionTexts)
  const states = useStateWords()
  const delivered = deliveries.filter(({ state }) => state === 'delivered').length
  return (
    <div className="delivery-strip">
      <div className="strip-marks" aria-hidden>
        {deliveries.toReversed().map(({ deliveryId, state, type }) => (
          <span key={deliveryId} className={`is-${state}`} title={`${type} · ${states(state)}`} />
        ))}
      </div>
      <span className="fine">{texts.recent(delivered, deliveries.length)}</span>
    </div>
  )
}

interface ActionProps {
  readonly subscription: Subscription
}

/** Sends an event now; how that went stays beside the button. */
const TestButton = ({ subscription: { subscriptionId } }: ActionProps) => {
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

const SwitchButton = ({ subscription: { subscriptionId, url, match, enabled } }: ActionProps) => {
  const texts = useTexts(subscriptionTexts)
  return (
    <OperationButton
      operation="subscriptions.put"
      input={{ subscriptionId, url, match, enabled: !enabled }}
      size="small"
      variant={enabled ? 'outline' : 'base'}
      title={enabled ? texts.disableTitle : texts.enableTitle}
      consequence={enabled ? texts.disableConsequence : texts.enableConsequence}
      done={enabled ? texts.disabled : texts.enabled}
    >
      {enabled ? texts.disable : texts.enable}
    </OperationButton>
  )
}

interface RotateProps extends ActionProps {
  readonly onSecret: (secret: string) => void
}

const RotateSecret = ({ subscription: { subscriptionId, url, match }, onSecret }: RotateProps) => {
  const texts = useTexts(subscriptionTexts)
  return (
    <OperationButton
      operation="subscriptions.put"
      input={{ subscriptionId, url, match, rotateSecret: true }}
      size="small"
      title={texts.rotateTitle}
      consequence={texts.rotateConsequence}
      onDone={({ secret }) => secret !== undefined && onSecret(secret)}
    >
      {texts.rotate}
    </OperationButton>
  )
}

const RedeliverFailed = ({ subscription: { subscriptionId, failed } }: ActionProps) => {
  const texts = useTexts(subscriptionTexts)
  return (
    <OperationButton
      operation="subscriptions.redeliver"
      input={{ subscriptionId, state: 'failed' }}
      size="small"
      title={texts.redeliverTitle}
      consequence={texts.redeliverConsequence(failed)}
      done={texts.redelivered}
    >
      {texts.redeliver}
    </OperationButton>
  )
}

const DeleteSubscription = ({ subscription: { subscriptionId, url } }: ActionProps) => {
  const texts = useTexts(subscriptionTexts)
  return (
    <OperationButton
      operation="subscriptions.delete"
      input={{ subscriptionId }}
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
      done={texts.removed}
    >
      {texts.remove}
    </OperationButton>
  )
}
