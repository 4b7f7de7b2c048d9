import { useState } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import LinkIcon from 'tdesign-icons-react/esm/components/link.js'
import { useList } from '../../api/use-list.ts'
import { Button } from '../../parts/button.tsx'
import { Pager } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { subscriptionTexts } from '../../text/subscriptions.ts'
import { SecretDialog } from './secret-dialog.tsx'
import { SubscriptionCard } from './subscription-card.tsx'
import { type Subscription, SubscriptionForm } from './subscription-form.tsx'

/** Where events are delivered to, and how that goes. */
export const Subscriptions = () => {
  const texts = useTexts(subscriptionTexts)
  const list = useList('subscriptions.list', {})
  const [edited, setEdited] = useState<Subscription | 'new'>()
  const [secret, setSecret] = useState<string>()
  const { items, problem, reload, page, next, previous } = list
  const addButton = (
    <Button icon={<AddIcon aria-hidden />} onClick={() => setEdited('new')}>
      {texts.add}
    </Button>
  )
  return (
    <>
      <div className="row apart">
        <p className="soft settings-about">{texts.about}</p>
        {items && items.length > 0 && addButton}
      </div>
      <ErrorNotice problem={problem} onRetry={reload} />
      {!items && !problem && <Waiting lines={5} />}
      {items?.length === 0 && (
        <Panel>
          <EmptyState title={texts.none} icon={<LinkIcon />} action={addButton}>
            {texts.noneHint}
          </EmptyState>
        </Panel>
      )}
      {items?.map((subscription) => (
        <SubscriptionCard
          key={subscription.subscriptionId}
          subscription={subscription}
          onEdit={() => setEdited(subscription)}
          onSecret={setSecret}
        />
      ))}
      {(next || previous) && <Pager page={page} next={next} previous={previous} />}
      {edited !== undefined && (
        <SubscriptionForm
          subscription={edited === 'new' ? undefined : edited}
          onClose={() => setEdited(undefined)}
          onSecret={setSecret}
        />
      )}
      {secret !== undefined && (
        <SecretDialog
          title={texts.secretTitle}
          about={texts.secretOnce}
          secret={secret}
          copy={texts.copySecret}
          lost={texts.secretLost}
          kept={texts.kept}
          onClose={() => setSecret(undefined)}
        />
      )}
    </>
  )
}
