import { filingStateOf, noticeKinds, type AccountNotice, type Filing, type Watched } from '../domain/stores/notices.ts'
import { toDate, type Value } from './requests.ts'
import {
  flag,
  number,
  optionalFields,
  optionalText,
  optionalTime,
  present,
  text,
  time,
  word,
  type Fields,
} from './row.ts'

export function toWatched(row: Fields): Watched {
  return {
    notices: noticesOf(row),
    ...present({ filing: filingOf(row), watchedAt: optionalTime(row, 'watchedAt') }),
  }
}

/** `noticed` finds the accounts that may have problems. */
export const storedWatched = ({
  notices,
  filing,
  watchedAt,
}: Watched): Readonly<Record<string, Value | undefined>> => ({
  notices: notices.map(({ at, until, ...notice }) => ({
    ...notice,
    at: toDate(at),
    ...(until !== undefined && { until: toDate(until) }),
  })),
  filing: filing && { status: filing.status, at: toDate(filing.at) },
  watchedAt: watchedAt && toDate(watchedAt),
  noticed: notices.some((notice) => !notice.settled) || (filing !== undefined && filingStateOf(filing) === 'refused'),
})

function noticesOf(row: Fields): AccountNotice[] {
  const kept: unknown = row['notices']
  if (!Array.isArray(kept)) return []
  return kept.flatMap((one: unknown) => (typeof one === 'object' && one ? [toNotice({ ...one })] : []))
}

const toNotice = (fields: Fields): AccountNotice => ({
  id: text(fields, 'id'),
  kind: word(fields, 'kind', noticeKinds),
  at: time(fields, 'at'),
  ...present({ until: optionalTime(fields, 'until'), text: optionalText(fields, 'text') }),
  ...(flag(fields, 'settled') && { settled: true }),
})

function filingOf(row: Fields): Filing | undefined {
  const filing = optionalFields(row, 'filing')
  return filing && { status: number(filing, 'status'), at: time(filing, 'at') }
}
