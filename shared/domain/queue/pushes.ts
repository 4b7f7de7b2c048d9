import { forEachConcurrently } from '../../concurrency.ts'
import { groupBy } from '../../grouping.ts'
import { after, SECOND } from '../../time.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { LAST_STEP_MS, PAGE, WIDTH } from './shares.ts'

/** A push that was claimed and never finished is taken again by the next run. Handling twice does no harm. */
const PUSH_TURN_MS = 30 * SECOND

/** Takes up the pushes that are due, at most until the last step's time. How many. */
export async function finishPushes(platform: Platform, leftMs: () => number): Promise<number> {
  let done = 0
  while (leftMs() > LAST_STEP_MS) {
    const now = databaseTime(platform)
    const pushes = await platform.stores.pushes.claimDue(PAGE, now, after(now, PUSH_TURN_MS))
    if (pushes.length === 0) break
    const { handle } = await import('../pushes/push-attempts.ts')
    // In the order in which things happened, as far as different accounts are not concerned.
    const inOrder = pushes.toSorted((a, b) => a.createTime - b.createTime)
    const groups = groupBy(inOrder, ({ appid, id }) => appid ?? id)
    await forEachConcurrently([...groups.values()], WIDTH, async (group) => {
      // What is not begun stays claimed for a short while, and is the next run's.
      for (const push of group) if (leftMs() > LAST_STEP_MS) await handle(platform, push)
    })
    done += pushes.length
  }
  return done
}
