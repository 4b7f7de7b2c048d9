import { useState } from 'react'
import type { InputOf } from '../../api/call.ts'
import { useOperation } from '../../api/use-operation.ts'
import { ChoiceField, TextField } from '../../parts/fields.tsx'
import { FilterBar, SearchBox, useSearchValue } from '../../parts/filters.tsx'
import { useSettled } from '../../parts/use-settled.ts'
import { useTexts } from '../../text/language.ts'
import { merchantFilterTexts, merchantsTexts } from '../../text/merchants.ts'
import { useStateWords } from '../../text/states.ts'
import { readTemplates } from '../../wechat/templates.ts'

const statuses = ['', 'active', 'reauthorize', 'revoked'] as const
const origins = ['', 'here', 'elsewhere', 'drifted'] as const
const comparisons = ['', 'liveVersion', 'liveVersionNot', 'liveVersionOlder', 'neverReleased'] as const
const troubles = ['', 'ACCOUNT_WARNED', 'ACCOUNT_BANNED', 'ACCOUNT_FROZEN', 'ACCOUNT_CLOSED'] as const
const orders = ['', 'name', 'authorizedAt', 'version'] as const

type Named = (typeof origins | typeof comparisons | typeof troubles | typeof orders)[number]

/** After the last key of a version. */
const QUIET_MS = 300

/** One of a few values that the address may name; another one counts as the first. */
function useChoice<V extends string>(
  name: string,
  values: readonly [V, ...V[]],
): readonly [value: V, set: (value: V) => void] {
  const [given, set] = useSearchValue(name)
  return [values.find((one) => one === given) ?? values[0], set]
}

/** What is looked for among the merchants stands in the address. */
export const useMerchantFilters = () => {
  const [query, setQuery] = useSearchValue('q')
  const [status, setStatus] = useChoice('status', statuses)
  const [origin, setOrigin] = useChoice('origin', origins)
  const [comparison, setComparison] = useChoice('live', comparisons)
  const [version, setVersion] = useSearchValue('version')
  const [source, setSource] = useSearchValue('source')
  const [trouble, setTrouble] = useChoice('account', troubles)
  const [sort, setSort] = useChoice('sort', orders)
  const typed = useSettled(version.trim(), QUIET_MS)
  const isCompared = comparison === 'neverReleased' || (comparison !== '' && typed !== '')
  const filter = {
    ...(isCompared && (comparison === 'neverReleased' ? { neverReleased: true as const } : { [comparison]: typed })),
    ...(origin === 'drifted' ? { drifted: true as const } : origin !== '' && { origin }),
    ...(source !== '' && { source }),
    ...(trouble !== '' && { problem: trouble }),
  }
  const wish: InputOf<'authorizers.list'> = {
    ...(query !== '' && { query }),
    ...(status !== '' && { status }),
    ...(sort !== '' && { sort }),
    ...(Object.keys(filter).length > 0 && { filter }),
  }
  return {
    query,
    status,
    origin,
    comparison,
    version,
    source,
    trouble,
    sort,
    setQuery,
    setStatus,
    setOrigin,
    setComparison,
    setVersion,
    setSource,
    setTrouble,
    setSort,
    wish,
    isSet: query !== '' || status !== '' || Object.keys(filter).length > 0,
    clear: (): void => {
      for (const set of [setQuery, setStatus, setOrigin, setComparison, setVersion, setSource, setTrouble]) set('')
    },
  }
}

interface MerchantFiltersProps {
  readonly filters: ReturnType<typeof useMerchantFilters>
  readonly total: number | undefined
}

export const MerchantFilters = ({ filters, total }: MerchantFiltersProps) => {
  const list = useTexts(merchantsTexts)
  const texts = useTexts(merchantFilterTexts)
  const states = useStateWords()
  const sources = useSources(filters.source)
  // On a phone these are taller than the screen.
  const [isOpen, setOpen] = useState(() => filters.isSet || matchMedia('(min-width: 768px)').matches)
  const labelOf = (value: Named, none: string): string => (value === '' ? none : texts[value])
  const choicesOf = <V extends Named>(values: readonly V[], none: string) =>
    values.map((value) => ({ value, label: labelOf(value, none) }))
  return (
    <>
      <div className="row">
        <SearchBox
          label={list.search}
          placeholder={list.searchPlaceholder}
          value={filters.query}
          onSearch={filters.setQuery}
        />
        <FilterBar
          label={list.status}
          value={filters.status}
          choices={statuses.map((value) => ({ value, label: value === '' ? list.all : states(value) }))}
          onChange={filters.setStatus}
        />
        <span className="soft numbers" role="status">
          {total !== undefined && texts.total(total)}
        </span>
      </div>
      <details className="more-filters" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{texts.more}</summary>
        <div className="row filters">
          <ChoiceField
            label={texts.origin}
            value={filters.origin}
            onChange={filters.setOrigin}
            choices={choicesOf(origins, list.all)}
          />
          <ChoiceField
            label={list.live}
            value={filters.comparison}
            onChange={filters.setComparison}
            choices={choicesOf(comparisons, list.all)}
          />
          {filters.comparison !== '' && filters.comparison !== 'neverReleased' && (
            <TextField
              label={texts.versionName}
              placeholder={texts.versionExample}
              value={filters.version}
              onChange={filters.setVersion}
            />
          )}
          {sources.length > 1 && (
            <ChoiceField
              label={texts.source}
              value={filters.source}
              onChange={filters.setSource}
              choices={[{ value: '', label: list.all }, ...sources]}
            />
          )}
          <ChoiceField
            label={texts.account}
            value={filters.trouble}
            onChange={filters.setTrouble}
            choices={choicesOf(troubles, list.all)}
          />
          <ChoiceField
            label={texts.sort}
            value={filters.sort}
            onChange={filters.setSort}
            choices={choicesOf(orders, texts.unsorted)}
          />
        </div>
      </details>
    </>
  )
}

const MOST_TEMPLATES = 100

/** The mini programs that templates were made in; the one that the address names is offered, too. */
const useSources = (chosen: string) => {
  const { data } = useOperation('templates.list', { limit: MOST_TEMPLATES })
  const known = new Map((data ? readTemplates(data.items) : []).map(({ sourceAppid, source }) => [sourceAppid, source]))
  known.delete('')
  if (chosen !== '' && !known.has(chosen)) known.set(chosen, chosen)
  return [...known].map(([value, label]) => ({ value, label }))
}
