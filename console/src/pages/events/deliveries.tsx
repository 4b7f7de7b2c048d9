import NotificationIcon from 'tdesign-icons-react/esm/components/notification.js'
import type { Delivery } from '../../../../client/src/client.ts'
import { useList } from '../../api/use-list.ts'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { useOperation } from '../../api/use-operation.ts'
import { ListPanel, type Column } from '../../parts/data-table.tsx'
import { EmptyState, NoMatch } from '../../parts/empty-state.tsx'
import { ChoiceField } from '../../parts/fields.tsx'
import { FilterBar, useFilters } from '../../parts/filters.tsx'
import { Button, LinkButton } from '../../parts/button.tsx'
import { eventsTexts } from '../../text/events.ts'
import { useLanguage, useTexts } from '../../text/language.ts'
import { useStateWords } from '../../text/states.ts'
import { StateTag } from '../../parts/mark.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { tellInConsole } from '../../text/told.ts'
import { useEventColumns, useEventWords } from './event-columns.tsx'
import { DeliveryDetails } from './delivery-details.tsx'
import { RedeliverButton } from './redeliver-button.tsx'
import { TypeChoice } from './type-choice.tsx'
import { MerchantFilter } from '../../parts/merchant.tsx'

const states = ['', 'waiting', 'delivered', 'failed'] as const

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
  const { text, choice, write } = useFilters()
  const [state, subscription] = [choice('state', states), text('subscription')]
  const [type, appid, open] = [text('type'), text('appid'), text('delivery')]
  const targets = useTargets()
  const list = useList('subscriptions.deliveries', {
    ...(state.value !== '' && { state: state.value }),
    ...(subscription.value !== '' && { subscriptionId: subscription.value }),
    ...(type.value !== '' && { type: type.value }),
    ...(appid.value !== '' && { appid: appid.value }),
  })
  const names = useMerchantNames(list.items?.flatMap(({ appid }) => appid ?? []) ?? [])
  const columns = useDeliveryColumns(targets, names, open.onChange)
  const isKnown = subscription.value === '' || targets.has(subscription.value)
  return (
    <>
      <div className="row filters">
        <FilterBar
          label={texts.filterByState}
          {...state}
          choices={states.map((value) => ({ value, label: value === '' ? texts.all : words(value) }))}
        />
        {(targets.size > 1 || subscription.value !== '') && (
          <ChoiceField
            label={texts.subscription}
            {...subscription}
            choices={[
              { value: '', label: texts.allSubscriptions },
              ...[...targets].map(([value, label]) => ({ value, label })),
              ...(isKnown ? [] : [{ value: subscription.value, label: subscription.value }]),
            ]}
          />
        )}
        <TypeChoice {...type} own />
        <MerchantFilter {...appid} />
      </div>
      <ListPanel
        title={texts.deliveries}
        bare
        list={list}
        columns={columns}
        keyOf={({ deliveryId }) => deliveryId}
        empty={
          [state, subscription, type, appid].every(({ value }) => value === '') ? (
            <NoDeliveries />
          ) : (
            <NoMatch onClear={() => write({ state: '', subscription: '', type: '', appid: '' })} />
          )
        }
      />
      <DeliveryDetails
        delivery={list.items?.find(({ deliveryId }) => deliveryId === open.value)}
        onClose={() => open.onChange('')}
      />
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

/** `targets`: URLs by subscription; `names`: of merchants, by appid. */
const useDeliveryColumns = (
  targets: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
  onOpen: (deliveryId: string) => void,
): readonly Column<Delivery>[] => {
  const texts = useTexts(eventsTexts)
  const wordsOf = useEventWords()
  const eventColumns = useEventColumns(names)
  return [
    ...eventColumns,
    {
      key: 'target',
      title: texts.subscription,
      cell: ({ subscriptionId }) => (
        <span className="fine mono">{targets.get(subscriptionId ?? '') ?? subscriptionId}</span>
      ),
    },
    { key: 'result', title: texts.result, cell: (delivery) => <Outcome delivery={delivery} /> },
    { key: 'created', title: texts.created, cell: ({ createdAt }) => <TimeText value={createdAt} /> },
    {
      key: 'do',
      cell: ({ deliveryId, type }) => (
        <span className="row">
          <Button
            size="small"
            variant="outline"
            aria-label={texts.detailsOf(wordsOf(type))}
            onClick={() => onOpen(deliveryId)}
          >
            {texts.details}
          </Button>
          <RedeliverButton deliveryId={deliveryId} what={wordsOf(type)} />
        </span>
      ),
    },
  ]
}

const Outcome = ({ delivery: { state, attempts, dueAt, endedAt, lastError } }: { readonly delivery: Delivery }) => {
  const texts = useTexts(eventsTexts)
  const { language } = useLanguage()
  return (
    <span className="delivery-outcome">
      <span className="row">
        <StateTag state={state} />
        {attempts > 0 && <span className="fine">{texts.tried(attempts)}</span>}
      </span>
      {state !== 'delivered' && lastError !== undefined && (
        <span className="fine">{tellInConsole(lastError, language).message}</span>
      )}
      {state === 'waiting' && attempts > 0 && (
        <span className="fine">
          {texts.nextTry} <TimeText value={dueAt} />
        </span>
      )}
      {state === 'failed' && (
        <span className="fine">
          {texts.ended} <TimeText value={endedAt} />
        </span>
      )}
    </span>
  )
}
