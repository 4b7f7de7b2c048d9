import type { Failure } from '../../errors.ts'
import type { Run } from './activity.ts'

interface Removal {
  readonly isThere: () => Promise<boolean>
  readonly remove: () => Promise<unknown>
  readonly unknown: () => Failure
}

/**
 * That it is there is noted before it goes: where the answer was lost, the repetition tells what was removed from what never was. One
 * write.
 */
export async function removeOnce(run: Run, { isThere, remove, unknown }: Removal): Promise<void> {
  if (run.remembered === undefined) {
    if (!(await isThere())) throw unknown()
    await run.remember('there')
  }
  await remove()
}
