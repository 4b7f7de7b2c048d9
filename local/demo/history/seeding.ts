import type { World } from '../world.ts'

/** What people read, in both languages. */
export interface Words {
  readonly zh: string
  readonly en: string
}

/** A chapter of what happened before the visitor came. */
export interface Chapter {
  readonly title: Words
  /** How often `tick` is called. */
  readonly size: number
  run(world: World, tick: () => void): Promise<void>
}

export interface Progress {
  readonly state: 'running' | 'ready' | 'failed'
  readonly done: number
  readonly total: number
  /** The chapter under way, or the one that failed. */
  readonly chapter?: Words
  readonly problem?: string
}

export interface Seeding {
  readonly progress: Progress
  /** Resolves when it is over, well or not. */
  readonly ended: Promise<void>
  stop(): void
}

const noChapter: Words = { zh: '', en: '' }

/** Plays the chapters one after the other in the background. */
export const startSeeding = (
  world: World,
  chapters: readonly Chapter[],
  log: (line: string) => void = () => undefined,
): Seeding => {
  const total = chapters.reduce((sum, { size }) => sum + size, 0)
  let done = 0
  let chapter = noChapter
  let outcome: Pick<Progress, 'state' | 'problem'> = { state: 'running' }
  let stopped = false

  const play = async (): Promise<void> => {
    let before = 0
    for (const next of chapters) {
      if (stopped) return
      chapter = next.title
      await next.run(world, () => {
        done += 1
      })
      before += next.size
      done = before
    }
    outcome = { state: 'ready' }
  }
  const ended = play().catch((error: unknown) => {
    if (stopped) return
    const problem = error instanceof Error ? error.message : String(error)
    outcome = { state: 'failed', problem }
    log(`the demo's history stopped at "${chapter.en}": ${problem}`)
  })
  return {
    get progress() {
      return { ...outcome, done, total, ...(outcome.state !== 'ready' && { chapter }) }
    },
    ended,
    stop: () => {
      stopped = true
    },
  }
}
