/**
 * npm run keys -- [--rotate]
 *
 * Prints fresh values for .env: COMPONENT_TOKEN and COMPONENT_AES_KEY (enter the same two at WeChat), SEAL_KEYS, FORWARDER_SECRET, and
 * BACKUP_PASSPHRASE for `npm run admin -- export FILE`, to be kept elsewhere.
 * With --rotate: SEAL_KEYS and FORWARDER_SECRET of .env with a new one put first, to deploy as they stand.
 *
 * Writes nothing.
 */
import { parseArgs } from 'node:util'
import { freshValues, rotated } from './keys/values.ts'
import { readEnvironment } from './deploy/values.ts'
import { messageOf } from './deploy/words.ts'

const run = async (): Promise<void> => {
  const { rotate = false } = parseArgs({ options: { rotate: { type: 'boolean' } } }).values
  const values = rotate ? rotated(await readEnvironment(process.env)) : freshValues()
  for (const [name, value] of Object.entries(values)) process.stdout.write(`${name}=${value}\n`)
}

await run().catch((error: unknown) => {
  process.stderr.write(`${messageOf(error)}\nusage: npm run keys -- [--rotate]\n`)
  process.exitCode = 2
})
