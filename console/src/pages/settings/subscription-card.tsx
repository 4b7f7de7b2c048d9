import { Button } from '../../parts/button.tsx'
import { Facts } from '../../parts/facts.tsx'
import { LinkButton } from '../../parts/link-button.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Panel } from '../../parts/panel.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useLanguage, useTexts } from '../../text/language.ts'
import { subscriptionTexts } from '../../text/subscriptions.ts'
import { tellInConsole } from '../../text/told.ts'
import { DeliveryStrip } from './delivery-strip.tsx'
import { DeleteSubscription, RotateSecret, SwitchButton, TestButton } from './subscription-actions.tsx'
import { useMatchWords, type Subscription } from './subscription-match.ts'

interface SubscriptionCardProps {
  readonly subscription: Subscription
  readonly onEdit: () => void
  readonly onSecret: (secret: string) => void
}

export const SubscriptionCard = ({ subscription, onEdit, onSecret }: SubscriptionCardProps) => {
  const texts = useTexts(subscriptionTexts)
  const wordsOf = useMatchWords()
  const { language } = useLanguage()
  const { subscriptionId, url, match, createdAt, waiting, dead, deliveries, switchedOffAt } = subscription
  const { failingSince, nextAttemptAt, lastError, formerSecretUntil } = subscription
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
            [texts.dead, dead > 0 ? <span className="alarming">{dead}</span> : undefined],
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
