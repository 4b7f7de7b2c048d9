import type { InputOf } from '../../../api/call.ts'
import type { Draft } from './draft.ts'

type Plan = InputOf<'rollouts.create'>

/** Of this computer. */
export const timeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** The moment that `YYYY-MM-DD HH:MM` means here; `undefined` where it means none. */
export function startOf({ startAt }: Pick<Draft, 'startAt'>): Date | undefined {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/.exec(startAt.trim()) ?? []
  const moment = new Date(`${day}T${time}`)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

const clock = /^(?:[01]\d|2[0-3]):[0-5]\d$/

/** Both or none, and not the same. */
export function quietFits({ quietFrom, quietTo }: Pick<Draft, 'quietFrom' | 'quietTo'>): boolean {
  const [from, to] = [quietFrom.trim(), quietTo.trim()]
  return (from === '' && to === '') || (clock.test(from) && clock.test(to) && from !== to)
}

export const hoursOf = (draft: Draft): Pick<Plan, 'startAt' | 'quietHours'> => {
  const start = startOf(draft)
  const from = draft.quietFrom.trim()
  return {
    ...(start && { startAt: start.toISOString() }),
    ...(from !== '' && { quietHours: { from, to: draft.quietTo.trim(), timeZone: timeZone() } }),
  }
}
