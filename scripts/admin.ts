/**
 * npm run admin -- COMMAND … [--local URL]
 *
 *   list                       people with a role
 *   put ID ROLE [NAME]         gives the OPENID (or uid of a web login) a role: viewer, operator or owner
 *   delete ID                  takes the role away
 *   keys                       API keys, without the keys themselves
 *   key NAME ROLE [EXPIRES]    makes an API key, shown this once; EXPIRES as in 2027-01-31T00:00:00Z
 *   revoke KEYID               revokes an API key at once
 *   adopt FILE [--dry-run]     binds merchants that have authorized already to their businesses: a CSV file with the columns
 *                              businessId,appid and one for each attribute; --dry-run only says what would come of it
 *   sync                       compares with WeChat's own list of authorized accounts until all were looked at
 *   export FILE                saves all that is stored, encrypted under BACKUP_PASSPHRASE
 *   check FILE                 reads such a file through: whether all is in it, and whether SEAL_KEYS opens it
 *   import FILE [--merge]      puts it into an empty environment; goes on where it stopped. --merge: into one that has merchants, adding
 *                              what is missing and changing nothing that is there
 *   reseal                     seals all values under the first key of SEAL_KEYS at once, and says which keys are still needed
 *
 * Works on the environment of .env with its Tencent Cloud key, so the first owner needs no other. With MINIFLEET_API_KEY (an owner's) the
 * first eight ask the platform's own API at PUBLIC_BASE_URL instead. --local URL: the local host there, started with the same process
 * environment.
 *
 * Writes the database, and the file of export; each change of people, keys and bindings is in activity.list. Exit status 1: it failed, or
 * adopt could not bind everybody.
 */
import { adopt } from './admin/adopt/adopt.ts'
import { adminUsage, readAdminCommand, type AdminCommand } from './admin/command.ts'
import { workOnData } from './admin/data.ts'
import { openDoor } from './admin/door.ts'
import { syncAll } from './admin/sync.ts'
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

const run = async (): Promise<number> => {
  const command = readAdminCommand(process.argv.slice(2))
  if ('problem' in command) {
    process.stderr.write(`${command.problem}\n${adminUsage}\n`)
    return 2
  }
  const { result, isWhole = true } = await carryOut(command)
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  return isWhole ? 0 : 1
}

process.exitCode = await run().catch((error: unknown) => {
  const { message, cure } = describeCloudError(error)
  process.stderr.write(`✖ ${message}\n  ${both(cure)}\n`)
  return 1
})
