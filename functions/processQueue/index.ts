import { processQueue } from '../../shared/domain/queue/queue.ts'
import { timerFunction } from '../../shared/entry/timer.ts'

/** Timer: everything that waits. */
export const main = timerFunction(processQueue)
