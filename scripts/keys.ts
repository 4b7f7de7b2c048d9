/** `npm run keys`: fresh secrets for .env. Writes nothing. */
import { commandLine, NOT_UNDERSTOOD, runCommand } from './command-line.ts'
import { readEnvironment } from './deploy/values.ts'
import { messageOf } from './deploy/words.ts'
import { freshValues, rotated } from './keys/values.ts'

const keys = commandLine(
  'npm run keys --',
  'Prints fresh values for .env: COMPONENT_TOKEN and COMPONENT_AES_KEY (enter the same two at WeChat), SEAL_KEYS, FORWARDER_SECRET, and BACKUP_PASSPHRASE for `npm run admin -- export FILE`, to be kept elsewhere.',
  ['npm run keys -- --rotate'],
)
  .option('--rotate', 'SEAL_KEYS and FORWARDER_SECRET of .env with a new one put first, to deploy as they stand')
  .action(async ({ rotate }) => {
    const values = rotate ? rotated(await readEnvironment(process.env)) : freshValues()
    for (const [name, value] of Object.entries(values)) process.stdout.write(`${name}=${value}\n`)
  })

process.exitCode = await runCommand(keys).catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\n`)
  return NOT_UNDERSTOOD
})
