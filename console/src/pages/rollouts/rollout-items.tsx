import { useList } from '../../api/use-list.ts'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { type Column, PagedTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ExportButton } from '../../parts/export-button.tsx'
import { MerchantLink } from '../../parts/merchant.tsx'
import { Panel } from '../../parts/panel.tsx'
import { SearchBox } from '../../parts/filters.tsx'
import { StateTag } from '../../parts/mark.tsx'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts, rolloutToolTexts } from '../../text/rollouts.ts'
import { useStateWords } from '../../text/states.ts'
import { saveItems } from './exports.ts'
import { type ItemState, type Rollout, type RolloutItem, waveCountOf } from './item-states.ts'
import { ProblemWords } from '../../parts/notice.tsx'

interface RolloutItemsProps {
  readonly rollout: Rollout
  readonly state: ItemState | undefined
  /** Only those rejected for it; empty: whatever the reason. */
  readonly reason: string
  /** Part of a name, an appid or a businessId. */
  readonly query: string
  readonly onQuery: (query: string) => void
  readonly onShowAll: () => void
}

/** The merchants of a rollout, page by page, with what is wrong with them. */
export const RolloutItems = ({ rollout, state, reason, query, onQuery, onShowAll }: RolloutItemsProps) => {
  const texts = useTexts(rolloutsTexts)
  const tools = useTexts(rolloutToolTexts)
  const words = useStateWords()
  const { rolloutId } = rollout
  const input = {
    rolloutId,
    ...(state !== undefined && { state }),
    ...(reason !== '' && { reason }),
    ...(query !== '' && { query }),
  }
  const list = useList('rollouts.items', input)
  const names = useMerchantNames(list.items?.map(({ appid }) => appid) ?? [])
  const columns: readonly Column<RolloutItem>[] = [
    {
      key: 'merchant',
      title: texts.merchant,
      isName: true,
      cell: ({ appid }) => <MerchantLink appid={appid} name={names.get(appid)} />,
    },
    ...(waveCountOf(rollout) > 1
      ? [{ key: 'wave', title: texts.wave, cell: ({ wave }: RolloutItem) => texts.waveName(wave) }]
      : []),
    { key: 'state', title: texts.state, cell: (item) => <StateTag state={item.state} /> },
    {
      key: 'problem',
      title: texts.problem,
      cell: ({ problem }) => problem && <ProblemWords problem={problem} />,
    },
    {
      key: 'do',
      cell: ({ appid, releaseId }) =>
        releaseId === undefined ? null : (
          <LinkButton href={`/releases/${appid}`} size="small">
            {texts.release}
          </LinkButton>
        ),
    },
  ]
  return (
    <Panel
      title={texts.items}
      flush
      {...(reason !== '' && { note: texts.itemsOfReason })}
      actions={
        <>
          {(state !== undefined || reason !== '' || query !== '') && (
            <Button size="small" variant="text" onClick={onShowAll}>
              {texts.showAll}
            </Button>
          )}
          <SearchBox label={tools.search} placeholder={tools.searchPlaceholder} value={query} onChange={onQuery} />
          <ExportButton make={(client) => saveItems(client, rollout, input, { texts: tools, words })}>
            {tools.exportItems}
          </ExportButton>
        </>
      }
    >
      <PagedTable
        label={texts.items}
        list={list}
        columns={columns}
        keyOf={({ appid }) => appid}
        empty={<EmptyState title={query === '' ? texts.noItems : tools.noneFound} />}
      />
    </Panel>
  )
}
