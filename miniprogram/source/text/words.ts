import type { Bilingual } from './bilingual.ts'
import { confirmations, sessions, signIn } from './console.ts'
import { everywhere } from './everywhere.ts'
import { invitation, invite } from './invitations.ts'
import { language } from './language.ts'
import { me } from './me.ts'
import { merchant, merchants } from './merchants.ts'
import { overview } from './overview.ts'
import { cures } from './refusals.ts'
import { release } from './release.ts'
import { newRollout, rollout, rollouts } from './rollouts.ts'
import { statesIn } from './states.ts'

const pages = {
  overview,
  merchants,
  merchant,
  invite,
  invitation,
  release,
  rollouts,
  rollout,
  newRollout,
  me,
  signIn,
  sessions,
  confirmations,
}

export type PageName = keyof typeof pages

type PageWords = { readonly [N in PageName]: (typeof pages)[N]['zh'] }

const byPage: { readonly [N in PageName]: Bilingual<PageWords[N]> } = pages

interface Shared {
  readonly states: Readonly<Record<string, string>>
  readonly cures: (typeof cures)['zh']
}

export type WordsOf<N extends PageName> = (typeof everywhere)['zh'] & Shared & PageWords[N]

/** Words of one page and those that all pages share, in the language of now. */
export function wordsFor<N extends PageName>(name: N): WordsOf<N> {
  const chosen = language()
  const shared = { ...everywhere[chosen], states: statesIn(chosen), cures: cures[chosen] }
  return { ...shared, ...byPage[name][chosen] }
}

/** Puts values where a text says `{name}`. */
export const fill = (text: string, values: Readonly<Record<string, string | number>>): string =>
  text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))
