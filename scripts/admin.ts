/**
 * npm run admin -- COMMAND … [--local URL]
 *
 *   list                       people with a role
 *   put ID ROLE [NAME]         gives the OPENID (or uid of a web login) a role: viewer, operator or owner
 *   delete ID                  takes the role away
 *   keys                       API keys, without the keys themselves
 *   key NAME ROLE [EXPIRES]    makes an API key, shown this once; EXPIRES as in 2027-01-31T00:00:00Z
 *   revoke KEYID               revokes an API key at once
 *   export FILE                saves all that is stored, encrypted under BACKUP_PASSPHRASE
 *   check FILE                 reads such a file through: whether all is in it, and whether SEAL_KEYS opens it
 *   import FILE [--merge]      puts it into an empty environment; goes on where it stopped. --merge: into one that has merchants, adding
 *                              what is missing and changing nothing that is there
 *   reseal                     seals all values under the first key of SEAL_KEYS at once, and says which keys are still needed
 *
 * Works on the environment of .env with its Tencent Cloud key, so the first owner needs no other. With MINIFLEET_API_KEY (an owner's) the
 * first six ask the platform's own API at PUBLIC_BASE_URL instead. --local URL: the local host there, started with the same process
 * environment.
 *
 * Writes the database, and the file of export; each change of people and keys is in activity.list.
 */
import { adminUsage, readAdminCommand } from './admin/command.ts'
import { workOnData } from './admin/data.ts'
import { openDoor } from './admin/door.ts'
import { describeCloudError } from './deploy/cloud-errors.ts'
import { both } from './deploy/words.ts'

const run = async (): Promise<number> => {
  const command = readAdminCommand(process.argv.slice(2))
  if ('problem' in command) {
    process.stderr.write(`${command.problem}\n${adminUsage}\n`)
    return 2
  }
  const result =
    'work' in command
      ? await workOnData(command, process.env, (line) => process.stderr.write(`${line}\n`))
      : await (
          await openDoor(process.env, command.local)
        )(command.operation, command.input)
  process.stdout.write(`${JSON.stringify(result, null, 2)}\n`)
  return 0
}

process.exitCode = await run().catch((error: unknown) => {
  const { message, cure } = describeCloudError(error)
  process.stderr.write(`✖ ${message}\n  ${both(cure)}\n`)
  return 1
})
