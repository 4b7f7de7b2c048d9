import type { Delivery } from '../../../../client/src/client.ts'
import { useTexts } from '../../text/language.ts'
import { useStateWords } from '../../text/states.ts'
import { subscriptionTexts } from '../../text/subscriptions.ts'

/** The newest deliveries at a glance, the latest at the right. */
export const DeliveryStrip = ({ deliveries }: { readonly deliveries: readonly Delivery[] }) => {
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
