import * as v from 'valibot'
import { counted } from '../deploy/words.ts'
import type { Ask } from './door.ts'

const pageSchema = v.object({
  added: v.number(),
  updated: v.number(),
  revoked: v.number(),
  adopted: v.number(),
  problems: v.number(),
  remaining: v.number(),
  continue: v.optional(v.string()),
})

type Counts = Omit<v.InferOutput<typeof pageSchema>, 'continue' | 'remaining'>

/** Compares with WeChat's own list until nobody is left, with a line after each run. */
export async function syncAll(ask: Ask, say: (line: string) => void): Promise<Counts> {
  let counts: Counts = { added: 0, updated: 0, revoked: 0, adopted: 0, problems: 0 }
  for (let next: string | undefined, more = true; more;) {
    const { remaining, ...page } = v.parse(
      pageSchema,
      await ask('authorizers.sync', next === undefined ? {} : { continue: next }),
    )
    next = page.continue
    more = next !== undefined
    counts = {
      added: counts.added + page.added,
      updated: counts.updated + page.updated,
      revoked: counts.revoked + page.revoked,
      adopted: counts.adopted + page.adopted,
      problems: counts.problems + page.problems,
    }
    say(more ? `还剩 ${remaining} 个账号 · ${counted(remaining, 'account')} to go` : '核对完成 · done')
  }
  return counts
}
