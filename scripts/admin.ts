/**
 * `npm run admin`: people, keys, bindings and backups from a terminal.
 *
 * Writes the database, and the file of export; each change of people, keys and bindings is in activity.list.
 */
import { adopt } from './admin/adopt/adopt.ts'
import { adminCommand, type AdminCommand } from './admin/command.ts'
import { workOnData } from './admin/data.ts'
import { openDoor } from './admin/door.ts'
import { syncAll } from './admin/sync.ts'
import { runCommand } from './command-line.ts'
import { describeCloudError } from './deploy/cloud-errors.ts'
import { both } from './deploy/words.ts'

const say = (line: string): unknown => process.stderr.write(`${line}\n`)

async function carryOut(command: AdminCommand): Promise<{ readonly result: unknown; readonly isWhole?: boolean }> {
  if ('work' in command) return { result: await workOnData(command, process.env, say) }
  const ask = await openDoor(process.env, command.local)
  if ('operation' in command) return { result: await ask(command.operation, command.input) }
  if (command.errand === 'sync') return { result: await syncAll(ask, say) }
  const adopted = await adopt(ask, command.file, command.dryRun, process.stderr)
  return { result: adopted, isWhole: adopted.left.length === 0 }
}

let status = 0
const admin = adminCommand(async (command) => {
  const { result, isWhole = true } = await carryOut(command)
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  if (!isWhole) status = 1
})

process.exitCode =
  (await runCommand(admin).catch((error: unknown) => {
    const { message, cure } = describeCloudError(error)
    process.stderr.write(`✖ ${message}\n  ${both(cure)}\n`)
    return 1
  })) ?? status
