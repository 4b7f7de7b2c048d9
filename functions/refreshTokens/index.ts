import { sweep } from '../../shared/domain/tokens/sweep.ts'
import { timerFunction } from '../../shared/entry/timer.ts'

/** Timer: keeps the component token and due authorizer tokens fresh. */
export const main = timerFunction(sweep)
