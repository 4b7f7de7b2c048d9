import { useState } from 'react'
import type { Authorizer } from '../../../../../client/src/client.ts'
import { useList } from '../../../api/use-list.ts'
import { Button } from '../../../parts/button.tsx'
import { Check } from '../../../parts/fields.tsx'
import { type Column, PagedTable } from '../../../parts/data-table.tsx'
import { EmptyState } from '../../../parts/empty-state.tsx'
import { SearchBox } from '../../../parts/filters.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import type { Draft } from './draft.ts'

type Picked = Draft['picked']

interface MerchantPickerProps {
  readonly picked: Picked
  readonly onPick: (picked: Picked) => void
  readonly error: string | undefined
}

const SHOWN = 10

const isMiniProgram = ({ accountType }: Authorizer): boolean => accountType === 'miniprogram'

/** A list to tick merchants in; those ticked first go first. */
export const MerchantPicker = ({ picked, onPick, error }: MerchantPickerProps) => {
  const texts = useTexts(wizardTexts)
  const [query, setQuery] = useState('')
  const list = useList('authorizers.list', { status: 'active', ...(query !== '' && { query }) }, { limit: SHOWN })
  const items = list.items?.filter(isMiniProgram)
  const order = new Map(picked.map(({ appid }, index) => [appid, index + 1]))
  const onPage = items ?? []
  const isWholePage = onPage.length > 0 && onPage.every(({ appid }) => order.has(appid))
  const add = (some: readonly Authorizer[]): void =>
    onPick([
      ...picked,
      ...some.filter(({ appid }) => !order.has(appid)).map(({ appid, nickName }) => ({ appid, nickName })),
    ])
  const drop = (some: readonly Authorizer[]): void =>
    onPick(picked.filter(({ appid }) => !some.some((one) => one.appid === appid)))
  const columns: readonly Column<Authorizer>[] = [
    {
      key: 'name',
      title: texts.merchant,
      isName: true,
      cell: (authorizer) => {
        const { appid, nickName, businessId } = authorizer
        return (
          <Check value={order.has(appid)} onChange={(checked) => (checked ? add([authorizer]) : drop([authorizer]))}>
            <span>{nickName === '' ? appid : nickName}</span>{' '}
            <span className="fine">
              <span className="mono">{appid}</span>
              {businessId !== undefined && <> · {businessId}</>}
            </span>
          </Check>
        )
      },
    },
    {
      key: 'live',
      title: texts.live,
      cell: ({ live }) => live?.version ?? <span className="soft">{texts.noLive}</span>,
    },
    {
      key: 'order',
      title: texts.order,
      align: 'end',
      cell: ({ appid }) => order.get(appid),
    },
  ]
  return (
    <div className="wizard-picker">
      <div className="row apart wizard-picker-head">
        <SearchBox label={texts.search} placeholder={texts.searchPlaceholder} value={query} onChange={setQuery} />
        <div className="row">
          <strong role="status">{texts.chosen(picked.length)}</strong>
          <Button
            variant="outline"
            size="small"
            disabled={onPage.length === 0}
            onClick={() => (isWholePage ? drop(onPage) : add(onPage))}
          >
            {isWholePage ? texts.unchoosePage : texts.choosePage}
          </Button>
          <Button variant="text" size="small" disabled={picked.length === 0} onClick={() => onPick([])}>
            {texts.clear}
          </Button>
        </div>
      </div>
      {error !== undefined && (
        <p className="fine field-error wizard-picker-head" role="alert">
          {error}
        </p>
      )}
      <PagedTable
        label={texts.merchants}
        list={{ ...list, items }}
        columns={columns}
        keyOf={({ appid }) => appid}
        empty={<EmptyState title={texts.noMatch} />}
      />
    </div>
  )
}
