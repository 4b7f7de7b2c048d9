import { after, DAY, epochMs, MINUTE, type EpochMs } from './time.ts'

/** The day has so many turns: who has the same one is worked on together, and the work is spread over the day. */
const TURNS = 48
const TURN_MS = DAY / TURNS

/** When this account's turn comes next: at the same time every day. */
export function nextTurnOf(appid: string, now: EpochMs): EpochMs {
  const today = epochMs(now - (now % DAY) + turnOf(appid, TURNS) * TURN_MS)
  return today > now ? today : after(today, DAY)
}

/** Which of so many turns is this account's: always the same. */
export function turnOf(appid: string, turns: number): number {
  let hash = 0
  for (const character of appid) hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 0x7f_ff_ff_ff
  return hash % turns
}

/** Where the turn was missed, and for those that are new. */
export const soonAfter = (now: EpochMs): EpochMs => after(now, 30 * MINUTE)
