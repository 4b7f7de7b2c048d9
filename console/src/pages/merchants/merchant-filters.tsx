import { useState } from 'react'
import type { InputOf } from '../../api/call.ts'
import { useOperation } from '../../api/use-operation.ts'
import { ChoiceField, TextField } from '../../parts/fields.tsx'
import { FilterBar, SearchBox, useFilters } from '../../parts/filters.tsx'
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

/** What is looked for among the merchants. */
export const useMerchantFilters = () => {
  const { text, choice, write } = useFilters()
  const filters = {
    query: text('q'),
    status: choice('status', statuses),
    origin: choice('origin', origins),
    comparison: choice('live', comparisons),
    version: text('version'),
    source: text('source'),
    trouble: choice('account', troubles),
    sort: choice('sort', orders),
  }
  const { query, status, origin, comparison, source, trouble, sort } = filters
  const version = useSettled(filters.version.value.trim(), QUIET_MS)
  const filter = {
    ...(comparison.value === 'neverReleased'
      ? { neverReleased: true as const }
      : comparison.value !== '' && version !== '' && { [comparison.value]: version }),
    ...(origin.value === 'drifted' ? { drifted: true as const } : origin.value !== '' && { origin: origin.value }),
    ...(source.value !== '' && { source: source.value }),
    ...(trouble.value !== '' && { problem: trouble.value }),
  }
  const input: InputOf<'authorizers.list'> = {
    ...(query.value !== '' && { query: query.value }),
    ...(status.value !== '' && { status: status.value }),
    ...(sort.value !== '' && { sort: sort.value }),
    ...(Object.keys(filter).length > 0 && { filter }),
  }
  return {
    ...filters,
    input,
    isSet: query.value !== '' || status.value !== '' || Object.keys(filter).length > 0,
    clear: (): void => write({ q: '', status: '', origin: '', live: '', version: '', source: '', account: '' }),
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
  const sources = useSources(filters.source.value)
  // On a phone these are taller than the screen.
  const [isOpen, setOpen] = useState(() => filters.isSet || matchMedia('(min-width: 768px)').matches)
  const labelOf = (value: Named, none: string): string => (value === '' ? none : texts[value])
  const choicesOf = <V extends Named>(values: readonly V[], none: string) =>
    values.map((value) => ({ value, label: labelOf(value, none) }))
  return (
    <>
      <div className="row">
        <SearchBox label={list.search} placeholder={list.searchPlaceholder} {...filters.query} />
        <FilterBar
          label={list.status}
          {...filters.status}
          choices={statuses.map((value) => ({ value, label: value === '' ? list.all : states(value) }))}
        />
        <span className="soft numbers" role="status">
          {total !== undefined && texts.total(total)}
        </span>
      </div>
      <details className="more-filters" open={isOpen} onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
        <summary>{texts.more}</summary>
        <div className="row filters">
          <ChoiceField label={texts.origin} {...filters.origin} choices={choicesOf(origins, list.all)} />
          <ChoiceField label={list.live} {...filters.comparison} choices={choicesOf(comparisons, list.all)} />
          {filters.comparison.value !== '' && filters.comparison.value !== 'neverReleased' && (
            <TextField label={texts.versionName} placeholder={texts.versionExample} {...filters.version} />
          )}
          {sources.length > 1 && (
            <ChoiceField
              label={texts.source}
              {...filters.source}
              choices={[{ value: '', label: list.all }, ...sources]}
            />
          )}
          <ChoiceField label={texts.account} {...filters.trouble} choices={choicesOf(troubles, list.all)} />
          <ChoiceField label={texts.sort} {...filters.sort} choices={choicesOf(orders, texts.unsorted)} />
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
