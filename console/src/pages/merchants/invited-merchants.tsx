import { Button } from '../../parts/button.tsx'
import type { Binding } from '../../../../client/src/client.ts'
import { useList } from '../../api/use-list.ts'
import { PagedTable, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Panel } from '../../parts/panel.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useTexts } from '../../text/language.ts'
import { inviteTexts, merchantsTexts } from '../../text/merchants.ts'
import { formatAttributes } from './attributes.ts'

/** Businesses whose merchant has a link and did not use it yet. */
export const InvitedMerchants = ({ onInvite }: { readonly onInvite: (businessId: string) => void }) => {
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
      title: texts.actions,
      bare: true,
      align: 'end',
      cell: ({ businessId }) => (
        <Button size="small" variant="outline" onClick={() => onInvite(businessId)}>
          {texts.linkAgain}
        </Button>
      ),
    },
  ]
  return (
    <Panel flush>
      <PagedTable
        label={texts.invited}
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
    </Panel>
  )
}
