import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import { Button } from '../../parts/button.tsx'
import { FilterBar, useSearchValue } from '../../parts/filters.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { useTexts } from '../../text/language.ts'
import { inviteTexts, merchantsTexts } from '../../text/merchants.ts'
import { formatAttributes } from '../../text/typed.ts'
import { InviteDialog } from './invite.tsx'
import { MerchantList } from './merchant-list.tsx'
import { SyncButton } from './sync-button.tsx'
import type { Binding } from '../../../../client/src/client.ts'
import { useList } from '../../api/use-list.ts'
import { ListPanel, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { StateTag } from '../../parts/mark.tsx'

export const MerchantsPage = () => {
  const texts = useTexts(merchantsTexts)
  const [view, setView] = useSearchValue('view')
  const [invite, setInvite] = useSearchValue('invite')
  return (
    <div className="stack">
      <PageHeader
        title={texts.title}
        actions={
          <>
            <SyncButton />
            <Button theme="primary" icon={<AddIcon aria-hidden />} onClick={() => setInvite('1')}>
              {texts.invite}
            </Button>
          </>
        }
      />
      <div className="row">
        <FilterBar
          label={texts.views}
          value={view === 'invited' ? 'invited' : 'authorized'}
          choices={[
            { value: 'authorized', label: texts.authorized },
            { value: 'invited', label: texts.invited },
          ]}
          onChange={(chosen) => setView(chosen === 'invited' ? chosen : '')}
        />
      </div>
      {view === 'invited' ? (
        <InvitedMerchants onInvite={setInvite} />
      ) : (
        <MerchantList onInvite={() => setInvite('1')} />
      )}
      {/* The value names the business to invite again, or is 1. */}
      <InviteDialog
        key={invite}
        open={invite !== ''}
        businessId={invite === '1' ? '' : invite}
        onClose={() => setInvite('')}
      />
    </div>
  )
}

/** Businesses whose merchant has a link and did not use it yet. */
const InvitedMerchants = ({ onInvite }: { readonly onInvite: (businessId: string) => void }) => {
  const texts = useTexts(merchantsTexts)
  const words = useTexts(inviteTexts)
  const list = useList('bindings.list', { status: 'pending' })
  const columns: readonly Column<Binding>[] = [
    { key: 'business', title: texts.business, isName: true, cell: ({ businessId }) => businessId },
    { key: 'type', title: words.accountType, cell: ({ accountType }) => words[accountType] },
    {
      key: 'attributes',
      title: texts.attributes,
      cell: ({ attributes }) => (
        <span className="soft">{formatAttributes(attributes).replaceAll('\n', ' · ') || '–'}</span>
      ),
    },
    { key: 'state', title: texts.state, cell: () => <StateTag state="invited" /> },
    {
      key: 'do',
      cell: ({ businessId }) => (
        <Button size="small" variant="outline" onClick={() => onInvite(businessId)}>
          {texts.linkAgain}
        </Button>
      ),
    },
  ]
  return (
    <ListPanel
      title={texts.invited}
      bare
      list={list}
      columns={columns}
      keyOf={({ businessId, accountType }) => `${businessId} ${accountType}`}
      empty={
        <EmptyState
          title={texts.noInvites}
          action={
            <Button variant="outline" onClick={() => onInvite('1')}>
              {texts.invite}
            </Button>
          }
        >
          {texts.noInvitesHint}
        </EmptyState>
      }
    />
  )
}
