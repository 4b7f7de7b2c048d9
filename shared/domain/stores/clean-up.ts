import type { EpochMs } from '../../time.ts'

/** Deletes what has had its time. How many documents went. */
export interface CleanUp {
  run(now: EpochMs): Promise<number>
}
