import { Link } from 'wouter'
import type { Release } from '../../../../client/src/client.ts'
import { type ListView, useList } from '../../api/use-list.ts'
import { type Column, PagedTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { OriginMark, StateTag, TemplateName } from '../../parts/mark.tsx'
import { LinkButton } from '../../parts/button.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useTexts } from '../../text/language.ts'
import { merchantTexts } from '../../text/merchant.ts'
import { Panel } from '../../parts/panel.tsx'

interface ReleaseTableProps {
  readonly appid: string
  readonly list: ListView<readonly Release[]>
}

/** Versions of one merchant, newest first. */
export const ReleaseTable = ({ appid, list }: ReleaseTableProps) => {
  const texts = useTexts(merchantTexts)
  const columns: readonly Column<Release>[] = [
    {
      key: 'version',
      title: texts.version,
      isName: true,
      cell: ({ version, description, origin }) => (
        <>
          <strong>{version}</strong> <OriginMark origin={origin} />
          <div className="fine">{description}</div>
        </>
      ),
    },
    { key: 'state', title: texts.state, cell: ({ state }) => <StateTag state={state} /> },
    { key: 'template', title: texts.template, cell: ({ templateId }) => <TemplateName templateId={templateId} /> },
    {
      key: 'rollout',
      title: texts.rollout,
      cell: ({ rolloutId }) =>
        rolloutId === undefined ? null : <Link href={`/rollouts/${rolloutId}`}>{texts.see}</Link>,
    },
    { key: 'updated', title: texts.updatedAt, cell: ({ updatedAt }) => <TimeText value={updatedAt} /> },
  ]
  return (
    <PagedTable
      label={texts.releases}
      list={list}
      columns={columns}
      keyOf={({ releaseId }) => releaseId}
      empty={
        <EmptyState title={texts.noReleases} action={<LinkButton href={`/releases/${appid}`}>{texts.ship}</LinkButton>}>
          {texts.noReleasesHint}
        </EmptyState>
      }
    />
  )
}

export const MerchantReleases = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(merchantTexts)
  const list = useList('releases.list', { appid })
  return (
    <Panel title={texts.allReleases} flush>
      <ReleaseTable appid={appid} list={list} />
    </Panel>
  )
}
