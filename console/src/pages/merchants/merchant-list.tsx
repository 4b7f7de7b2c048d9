import ShopIcon from 'tdesign-icons-react/esm/components/shop.js'
import { Link } from 'wouter'
import { Button, LinkButton } from '../../parts/button.tsx'
import type { Authorizer } from '../../../../client/src/client.ts'
import { useList } from '../../api/use-list.ts'
import { ListPanel, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Mark, OriginMark, StateTag } from '../../parts/mark.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useLanguage, useTexts } from '../../text/language.ts'
import { merchantsTexts } from '../../text/merchants.ts'
import { DEVELOPMENT_SET, permissionSetName } from '../../wechat/permission-sets.ts'
import { MerchantFilters, useMerchantFilters } from './merchant-filters.tsx'
import './merchants.css'

export const MerchantList = ({ onInvite }: { readonly onInvite: () => void }) => {
  const texts = useTexts(merchantsTexts)
  const filters = useMerchantFilters()
  const list = useList('authorizers.list', filters.input)
  const columns = useColumns()
  return (
    <>
      <MerchantFilters filters={filters} total={list.total} />
      <ListPanel
        title={texts.title}
        bare
        list={list}
        columns={columns}
        keyOf={({ appid }) => appid}
        empty={
          filters.isSet ? (
            <EmptyState
              title={texts.noMatch}
              action={
                <Button variant="outline" onClick={filters.clear}>
                  {texts.clear}
                </Button>
              }
            >
              {texts.noMatchHint}
            </EmptyState>
          ) : (
            <EmptyState
              title={texts.none}
              icon={<ShopIcon />}
              action={<Button onClick={onInvite}>{texts.invite}</Button>}
            >
              {texts.noneHint}
            </EmptyState>
          )
        }
      />
    </>
  )
}

const useColumns = (): readonly Column<Authorizer>[] => {
  const texts = useTexts(merchantsTexts)
  const { language } = useLanguage()
  return [
    {
      key: 'name',
      title: texts.name,
      isName: true,
      cell: ({ appid, nickName, businessId }) => (
        <>
          <Link href={`/merchants/${appid}`} className="merchant-name">
            {nickName === '' ? appid : nickName}
          </Link>
          <div className="fine">
            <span className="mono">{appid}</span>
            {businessId !== undefined && <> · {businessId}</>}
          </div>
        </>
      ),
    },
    { key: 'state', title: texts.state, cell: ({ status }) => <StateTag state={status} /> },
    {
      key: 'missing',
      title: texts.missing,
      cell: ({ missing, status }) =>
        missing.length === 0 || status === 'revoked' ? null : (
          <span className="row">
            {missing.map((id) => (
              <Mark key={id} tone="warn">
                {permissionSetName(id, language)}
              </Mark>
            ))}
          </span>
        ),
    },
    {
      key: 'live',
      title: texts.live,
      cell: ({ live, drift }) =>
        live ? (
          <span>
            {live.version} <OriginMark origin={live.origin} />{' '}
            <span className="fine">
              {live.templateId !== undefined && <>#{live.templateId} · </>}
              <TimeText value={live.releasedAt ?? live.readAt} />
              {drift && <> · {texts.insteadOf(drift.version)}</>}
            </span>
          </span>
        ) : (
          <span className="soft">{texts.noLive}</span>
        ),
    },
    {
      key: 'at',
      title: texts.authorizedAt,
      onDesk: true,
      cell: ({ authorizedAt }) => <TimeText value={authorizedAt} />,
    },
    {
      key: 'do',
      cell: ({ appid, status, accountType, missing }) =>
        status === 'active' && accountType === 'miniprogram' && !missing.includes(DEVELOPMENT_SET) ? (
          <LinkButton href={`/releases/${appid}`} size="small">
            {texts.ship}
          </LinkButton>
        ) : null,
    },
  ]
}
