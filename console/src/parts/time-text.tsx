import { useLanguage } from '../text/language.ts'
import { agoOf, clockOf, dateTimeOf, exactTimeOf } from '../text/times.ts'

interface TimeTextProps {
  /** ISO 8601. */
  readonly value: string | undefined | null
  /** `ago`: "5 minutes ago"; `clock`: the time of the day alone. Default: day and minute of this computer's zone. */
  readonly form?: 'date' | 'ago' | 'clock'
}

/** A time of this computer's zone; the exact one with the zone shows when it is pointed at. */
export const TimeText = ({ value, form = 'date' }: TimeTextProps) => {
  const { language } = useLanguage()
  if (value === undefined || value === null) return <span className="soft">–</span>
  const time = new Date(value)
  return (
    <time dateTime={value} title={exactTimeOf(time, language)} className="nowrap numbers">
      {form === 'ago' ? agoOf(time, new Date(), language) : (form === 'clock' ? clockOf : dateTimeOf)(time, language)}
    </time>
  )
}
