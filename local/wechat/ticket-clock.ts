import { SECOND } from '../../shared/time.ts'
import { pushTicket } from './operations/component-tokens.ts'
import type { WechatState } from './state.ts'

/** Pushes a ticket at once and then every so many seconds of real time, while the settings say so. */
export const runTicketClock = (state: WechatState): { restart: () => void; stop: () => void } => {
  let timer: NodeJS.Timeout | undefined
  let every = 0
  const stop = (): void => {
    clearInterval(timer)
    timer = undefined
  }
  const tick = (): void => {
    if (state.settings.ticketsRunning) pushTicket(state)
  }
  const restart = (): void => {
    const wanted = state.settings.ticketEverySeconds
    if (wanted === every) return
    every = wanted
    stop()
    if (wanted <= 0) return
    tick()
    timer = setInterval(tick, wanted * SECOND)
    timer.unref()
  }
  return { restart, stop }
}
