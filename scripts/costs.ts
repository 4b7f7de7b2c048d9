/**
 * `npm run costs`: what a fleet uses and costs in a month.
 *
 * With --write also into docs/costs*.md and, after --measure, scripts/costs/measured.json.
 */
import { NOT_UNDERSTOOD, runCommand } from './command-line.ts'
import { costsCommand } from './costs/command.ts'

process.exitCode = await runCommand(costsCommand).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return NOT_UNDERSTOOD
})
