import { useList } from '../../api/use-list.ts'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { Button } from '../../parts/button.tsx'
import { PagedTable, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { LinkButton } from '../../parts/link-button.tsx'
import { MerchantLink } from '../../parts/merchant-link.tsx'
import { Panel } from '../../parts/panel.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { waveCountOf, type ItemState, type Rollout, type RolloutItem } from './item-states.ts'
import { ProblemWords } from './problem-words.tsx'

interface RolloutItemsProps {
  readonly rollout: Rollout
  readonly state: ItemState | undefined
  /** Only those rejected for it; empty: whatever the reason. */
  readonly reason: string
  readonly onShowAll: () => void
}

/** The merchants of a rollout, page by page, with what is wrong with them. */
export const RolloutItems = ({ rollout, state, reason, onShowAll }: RolloutItemsProps) => {
  const texts = useTexts(rolloutsTexts)
  const { rolloutId } = rollout
  const list = useList('rollouts.items', {
    rolloutId,
    ...(state !== undefined && { state }),
    ...(reason !== '' && { reason }),
  })
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
      title: texts.actions,
      bare: true,
      align: 'end',
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
        (state !== undefined || reason !== '') && (
          <Button size="small" variant="text" onClick={onShowAll}>
            {texts.showAll}
          </Button>
        )
      }
    >
      <PagedTable
        label={texts.items}
        list={list}
        columns={columns}
        keyOf={({ appid }) => appid}
        empty={<EmptyState title={texts.noItems} />}
      />
    </Panel>
  )
}
