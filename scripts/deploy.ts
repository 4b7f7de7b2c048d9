/**
 * npm run deploy -- [--dry-run] [--only NAME]…
 *
 * Brings the CloudBase environment that .env names to what this folder says: collections, indexes, permissions, functions with timers,
 * security rules, HTTP routes, data migrations. Reads the cloud first and changes only what differs, so it can be repeated and goes on
 * where it stopped. Ends with 1 if something failed. docs/deployment.md tells the whole way.
 *
 * Writes dist/ and the environment.
 */
import { parseArgs } from 'node:util'
import { describeCloudError } from './deploy/cloud-errors.ts'
import { deploy } from './deploy/deploy.ts'
import { both, messageOf } from './deploy/words.ts'

const usage = 'usage: npm run deploy -- [--dry-run] [--only NAME]…'

const readFlags = (args: string[]) => {
  try {
    const options = { 'dry-run': { type: 'boolean' }, only: { type: 'string', multiple: true } } as const
    const { 'dry-run': dryRun = false, only = [] } = parseArgs({ args, options }).values
    return { dryRun, only: only.flatMap((names) => names.split(',')) }
  } catch (error) {
    return { problem: messageOf(error) }
  }
}

const flags = readFlags(process.argv.slice(2))
if ('problem' in flags) {
  process.stderr.write(`${flags.problem}\n${usage}\n`)
  process.exitCode = 2
} else {
  await deploy({ ...flags, say: (line) => process.stdout.write(`${line}\n`) }).catch((error: unknown) => {
    const { message, cure } = describeCloudError(error)
    process.stderr.write(`\n✖ ${message}\n  ${both(cure)}\n`)
    process.exitCode = 1
  })
}
