import type { Claim, ClaimedPage } from '../stores/tokens.ts'

export interface ClaimQueue {
  /** Undefined when there is nothing left, or no more is to be begun. */
  next(): Promise<Claim | undefined>
  /** What was claimed and not handed out; nothing is claimed after this. */
  close(): Promise<readonly Claim[]>
  /** Whether every source is exhausted. */
  readonly finished: boolean
}

interface Options {
  /** Each answers page after page; the next one follows when it has no more. */
  readonly sources: readonly (() => Promise<ClaimedPage>)[]
  /** With fewer at hand, the next page is fetched in the meantime. */
  readonly reserve: number
  readonly mayClaim: () => boolean
}

/** Claims pages just ahead of the workers, so that none of them waits for the database. */
export function createClaimQueue({ sources, reserve, mayClaim }: Options): ClaimQueue {
  const ready: Claim[] = []
  let source = 0
  let closed = false
  let fetching: Promise<void> | undefined

  const fetchPage = async (claimPage: () => Promise<ClaimedPage>): Promise<void> => {
    const { claims, more } = await claimPage()
    ready.push(...claims)
    if (!more) source += 1
  }
  const fetchAhead = (): Promise<void> | undefined => {
    const claimPage = sources[source]
    if (closed || !claimPage || ready.length >= reserve || !mayClaim()) return fetching
    fetching ??= fetchPage(claimPage).finally(() => {
      fetching = undefined
    })
    return fetching
  }

  return {
    async next() {
      for (;;) {
        const underWay = fetchAhead()
        const claim = ready.shift()
        if (claim) {
          // Its failure is met by whoever finds nothing at hand.
          underWay?.catch(() => undefined)
          return claim
        }
        if (!underWay) return undefined
        await underWay
      }
    },
    async close() {
      closed = true
      await fetching?.catch(() => undefined)
      return ready.splice(0)
    },
    get finished() {
      return source >= sources.length && ready.length === 0
    },
  }
}
