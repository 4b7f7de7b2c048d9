import { isFailure, refusedWith } from '../errors.ts'

/**
 * Sends a change to WeChat. Where it may have been made although no answer, or one of these refusals, came, what is read then
 * decides; undefined: it was not made.
 */
export async function sendOrReadBack<T>(
  send: () => Promise<T>,
  read: () => Promise<T | undefined>,
  perhapsDone: readonly number[] = [],
): Promise<T> {
  try {
    return await send()
  } catch (error) {
    if (!isFailure(error) || !(error.outcomeUnknown || refusedWith(error, perhapsDone))) throw error
    const found = await read().catch((failed: unknown) => {
      if (error.outcomeUnknown) return undefined
      throw failed
    })
    if (found === undefined) throw error
    return found
  }
}
