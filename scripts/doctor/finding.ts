import { both, type Words } from '../deploy/words.ts'

/** `error`: something does not work. `warning`: it will not for long, or is not safe. `info`: for people to look at. */
export type Level = 'ok' | 'info' | 'warning' | 'error'

export interface Cause {
  readonly what: Words
  /** `found`: this is it. `look`: only people can see it. */
  readonly verdict: 'excluded' | 'found' | 'look'
}

export interface Finding {
  /** Stays the same from version to version; for scripts. */
  readonly id: string
  readonly level: Level
  readonly what: Words
  /** Why it matters. Absent where all is well. */
  readonly why?: Words
  /** What to click, or to type. */
  readonly click?: Words
  readonly causes?: readonly Cause[]
}

const marks: Readonly<Record<Level, string>> = { ok: '✔', info: 'ℹ', warning: '!', error: '✖' }
const verdicts: Readonly<Record<Cause['verdict'], string>> = {
  excluded: '排除 · excluded',
  found: '找到 · found',
  look: '请核对 · look',
}

export function renderFinding({ level, what, why, click, causes = [] }: Finding): string {
  const lines = [`${marks[level]} ${both(what)}`]
  if (why) lines.push(`    原因 why: ${both(why)}`)
  for (const cause of causes) lines.push(`    [${verdicts[cause.verdict]}] ${both(cause.what)}`)
  if (click) lines.push(`    处理 do: ${both(click)}`)
  return lines.join('\n')
}

export const isBad = ({ level }: Finding): boolean => level === 'error'

export const ok = (id: string, zh: string, en: string): Finding => ({ id, level: 'ok', what: { zh, en } })
