import { Cron } from 'croner'
import type { FunctionSettings, TimerTrigger } from './settings.ts'

export interface Timers {
  stop(): void
}

/**
 * Runs every timer at its times. Unlike the cloud it does not repeat a run that failed; like it, runs may overlap.
 *
 * @param fire must not reject
 */
export const startTimers = (
  functions: readonly FunctionSettings[],
  fire: (settings: FunctionSettings, trigger: TimerTrigger) => Promise<void>,
): Timers => {
  const jobs = functions.flatMap((settings) =>
    settings.timers.map((trigger) => schedule(trigger.config, () => fire(settings, trigger))),
  )
  return {
    stop: () => {
      for (const job of jobs) job.stop()
    },
  }
}

/** A cron of the cloud: seven fields, in Beijing time; a day and a weekday given together mean either. */
export const schedule = (config: string, run: () => Promise<void> = async () => undefined): Cron =>
  new Cron(config, { mode: '7-part', timezone: 'Asia/Shanghai', domAndDow: false, unref: true }, run)
