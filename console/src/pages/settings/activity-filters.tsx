import { ChoiceField } from '../../parts/fields.tsx'
import { FilterBar, useFilters } from '../../parts/filters.tsx'
import { activityTexts } from '../../text/activity.ts'
import { useLanguage, useTexts } from '../../text/language.ts'
import { operationWords, writtenOperations } from '../../text/operation-names.ts'
import { MerchantFilter } from '../../parts/merchant.tsx'

/** Days, today among them; 0: the whole year that is kept. */
const periods = ['', '1', '7', '30'] as const

/** What is looked for in the log. */
export const useActivityFilters = () => {
  const { text, choice, write } = useFilters()
  const filters = {
    appid: text('appid'),
    operation: text('operation'),
    who: text('who'),
    days: choice('days', periods),
  }
  const { appid, operation, who, days } = filters
  const input = {
    ...(appid.value !== '' && { appid: appid.value }),
    ...(operation.value !== '' && { operation: operation.value }),
    ...(who.value !== '' && { who: who.value }),
    ...(days.value !== '' && { since: midnightBefore(Number(days.value)) }),
  }
  return {
    ...filters,
    input,
    isSet: Object.keys(input).length > 0,
    clear: (): void => write({ appid: '', operation: '', who: '', days: '' }),
  }
}

/** Midnight, where the reader is, at which the last so many days began. */
function midnightBefore(days: number): string {
  const now = new Date()
  return new Date(now.getFullYear(), now.getMonth(), now.getDate() - days + 1).toISOString()
}

interface ActivityFiltersProps {
  readonly filters: ReturnType<typeof useActivityFilters>
  /** People and keys by id. */
  readonly known: ReadonlyMap<string, string>
}

export const ActivityFilters = ({ filters, known }: ActivityFiltersProps) => {
  const texts = useTexts(activityTexts)
  const { language } = useLanguage()
  const operations = new Map(writtenOperations.map((name) => [name, operationWords(name, language)]))
  return (
    <div className="row filters">
      <FilterBar
        label={texts.period}
        {...filters.days}
        choices={periods.map((days) => ({
          value: days,
          label: days === '' ? texts.always : texts.days(Number(days)),
        }))}
      />
      <ChoiceField
        label={texts.what}
        {...filters.operation}
        choices={choicesOf(texts.everything, operations, filters.operation.value)}
      />
      {(known.size > 0 || filters.who.value !== '') && (
        <ChoiceField
          label={texts.who}
          {...filters.who}
          choices={choicesOf(texts.everybody, known, filters.who.value)}
        />
      )}
      <MerchantFilter {...filters.appid} />
    </div>
  )
}

/** What the address names is offered, too, known or not. */
const choicesOf = (all: string, known: ReadonlyMap<string, string>, chosen: string) => [
  { value: '', label: all },
  ...[...known].map(([value, label]) => ({ value, label })),
  ...(chosen === '' || known.has(chosen) ? [] : [{ value: chosen, label: chosen }]),
]
