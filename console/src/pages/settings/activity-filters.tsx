import { ChoiceField } from '../../parts/fields.tsx'
import { FilterBar, useSearchValue } from '../../parts/filters.tsx'
import { activityTexts } from '../../text/activity.ts'
import { useLanguage, useTexts } from '../../text/language.ts'
import { operationWords, writtenOperations } from '../../text/operation-names.ts'
import { MerchantFilter } from '../../parts/merchant.tsx'

/** Days, today among them; 0: the whole year that is kept. */
const periods = ['', '1', '7', '30'] as const

/** What is looked for in the log stands in the address. */
export const useActivityFilters = () => {
  const [appid, setAppid] = useSearchValue('appid')
  const [operation, setOperation] = useSearchValue('operation')
  const [who, setWho] = useSearchValue('who')
  const [given, setDays] = useSearchValue('days')
  const days = periods.find((one) => one === given) ?? ''
  return {
    appid,
    operation,
    who,
    days,
    setAppid,
    setOperation,
    setWho,
    setDays,
    isSet: appid !== '' || operation !== '' || who !== '' || days !== '',
    wish: {
      ...(appid !== '' && { appid }),
      ...(operation !== '' && { operation }),
      ...(who !== '' && { who }),
      ...(days !== '' && { since: midnightBefore(Number(days)) }),
    },
    clear: (): void => [setAppid, setOperation, setWho, setDays].forEach((set) => set('')),
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
        value={filters.days}
        choices={periods.map((days) => ({
          value: days,
          label: days === '' ? texts.always : texts.days(Number(days)),
        }))}
        onChange={filters.setDays}
      />
      <ChoiceField
        label={texts.what}
        value={filters.operation}
        onChange={filters.setOperation}
        choices={choicesOf(texts.everything, operations, filters.operation)}
      />
      {(known.size > 0 || filters.who !== '') && (
        <ChoiceField
          label={texts.who}
          value={filters.who}
          onChange={filters.setWho}
          choices={choicesOf(texts.everybody, known, filters.who)}
        />
      )}
      <MerchantFilter appid={filters.appid} onChoose={filters.setAppid} />
    </div>
  )
}

/** What the address names is offered, too, known or not. */
const choicesOf = (all: string, known: ReadonlyMap<string, string>, chosen: string) => [
  { value: '', label: all },
  ...[...known].map(([value, label]) => ({ value, label })),
  ...(chosen === '' || known.has(chosen) ? [] : [{ value: chosen, label: chosen }]),
]
