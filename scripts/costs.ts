/**
 * npm run costs -- [--measure] [--write] [--api-calls N] [--messages N] [--releases N] [--fresh PART]
 *
 * What a fleet uses and costs in a month, beside a container that runs all the time: computed from measured calls and times
 * (scripts/costs/measured.json) and prices (scripts/costs/prices.ts). Per merchant: --api-calls and --messages a day, --releases a month;
 * --fresh 0.3 where REFRESH_IDLE_DAYS leaves three in ten fresh. --measure takes the measurements anew on this machine, in half a minute.
 *
 * Prints tables. With --write also into docs/costs*.md and, after --measure, measured.json.
 */
import { runCosts } from './costs/command.ts'

process.exitCode = await runCosts(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return 2
})
