import NotificationIcon from 'tdesign-icons-react/esm/components/notification.js'
import type { Delivery } from '../../../../client/src/client.ts'
import { useList } from '../../api/use-list.ts'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { useOperation } from '../../api/use-operation.ts'
import { PagedTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ChoiceField } from '../../parts/fields.tsx'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { LinkButton } from '../../parts/link-button.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useSearchValue } from '../../parts/use-search-value.ts'
import { eventsTexts } from '../../text/events.ts'
import { useTexts } from '../../text/language.ts'
import { useStateWords } from '../../text/states.ts'
import { useDeliveryColumns } from './delivery-columns.tsx'
import { NoMatch } from '../../parts/no-match.tsx'

const states = ['waiting', 'delivered', 'dead'] as const
type State = Delivery['state']

const MOST_SUBSCRIPTIONS = 100

/** Where each subscription delivers to; nothing for those who may not see that. */
const useTargets = (): ReadonlyMap<string, string> => {
  const { data } = useOperation('subscriptions.list', { limit: MOST_SUBSCRIPTIONS })
  return new Map(data?.items.map(({ subscriptionId, url }) => [subscriptionId, url]))
}

/** What was sent to subscriptions, waits or was given up, newest first. */
export const Deliveries = () => {
  const texts = useTexts(eventsTexts)
  const words = useStateWords()
  const [given, setState] = useSearchValue('state')
  const [subscriptionId, setSubscriptionId] = useSearchValue('subscription')
  const state = states.find((one) => one === given)
  const targets = useTargets()
  const list = useList('subscriptions.deliveries', {
    ...(state && { state }),
    ...(subscriptionId && { subscriptionId }),
  })
  const names = useMerchantNames(list.items?.flatMap(({ appid }) => appid ?? []) ?? [])
  const columns = useDeliveryColumns(targets, names)
  const clear = (): void => {
    setState('')
    setSubscriptionId('')
  }
  return (
    <>
      <div className="row filters">
        <FilterBar<State | ''>
          label={texts.filterByState}
          value={state ?? ''}
          choices={[{ value: '', label: texts.all }, ...states.map((one) => ({ value: one, label: words(one) }))]}
          onChange={setState}
        />
        {(targets.size > 1 || subscriptionId !== '') && (
          <ChoiceField
            label={texts.subscription}
            value={subscriptionId}
            onChange={setSubscriptionId}
            choices={[
              { value: '', label: texts.allSubscriptions },
              ...[...targets].map(([value, url]) => ({ value, label: url })),
              ...(subscriptionId === '' || targets.has(subscriptionId)
                ? []
                : [{ value: subscriptionId, label: subscriptionId }]),
            ]}
          />
        )}
      </div>
      <Panel flush>
        <PagedTable
          label={texts.deliveries}
          list={list}
          columns={columns}
          keyOf={({ deliveryId }) => deliveryId}
          empty={state === undefined && subscriptionId === '' ? <NoDeliveries /> : <NoMatch onClear={clear} />}
        />
      </Panel>
    </>
  )
}

const NoDeliveries = () => {
  const texts = useTexts(eventsTexts)
  return (
    <EmptyState
      title={texts.noDeliveries}
      icon={<NotificationIcon />}
      action={
        <LinkButton href="/settings/subscriptions" primary>
          {texts.toSubscriptions}
        </LinkButton>
      }
    >
      {texts.noDeliveriesHint}
    </EmptyState>
  )
}
