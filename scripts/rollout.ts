/**
 * npm run rollout -- COMMAND … ships a template to many merchants over the platform's API and shows how far it is; for CI too.
 *
 *   start …            plans a rollout and follows it (see the usage: npm run rollout)
 *   watch ROLLOUT      follows one that was started elsewhere
 *   pause, resume, cancel, retry, release, rollback ROLLOUT
 *
 * Needs PUBLIC_BASE_URL and MINIFLEET_API_KEY (an operator's; `npm run admin -- key ci operator`), from .env or the process environment.
 * On a terminal a bar, elsewhere a line whenever something has changed. Stopping it stops nothing: the rollout runs on the platform.
 *
 * Exits with 0 when all is done (or waits for `release`), 1 when some failed or were rejected or the platform refused, 2 for a wrong
 * command, 3 when the rollout is paused or cancelled, 4 when --timeout is over.
 */
import { createClient, MinifleetError, type Minifleet } from '../client/src/client.ts'
import { readEnvironment } from './deploy/values.ts'
import { refuseVariables, wrongIf } from './deploy/variables.ts'
import { BadCommand, readCommand, usage, type RolloutCommand } from './rollout/command.ts'
import { exits } from './rollout/outcome.ts'
import { watch } from './rollout/watch.ts'

async function openClient(): Promise<Minifleet> {
  const env = await readEnvironment(process.env)
  const wrong = [
    ...wrongIf(env, 'PUBLIC_BASE_URL', /^https?:\/\/\S+$/),
    ...wrongIf(env, 'MINIFLEET_API_KEY', /^[\x21-\x7e]+$/),
  ]
  if (wrong.length > 0) throw new BadCommand(refuseVariables(wrong).message)
  const { PUBLIC_BASE_URL: baseUrl = '', MINIFLEET_API_KEY: apiKey = '' } = env
  return createClient({ baseUrl, apiKey, language: 'en' })
}

async function carryOut(client: Minifleet, command: RolloutCommand): Promise<string> {
  if (command.kind === 'watch') return command.rolloutId
  if (command.kind === 'steer') return (await client.call(command.operation, command.input)).rolloutId
  const key = command.key === undefined ? {} : { idempotencyKey: command.key }
  const { rolloutId, total } = await client.call('rollouts.create', command.input, key)
  process.stdout.write(`${rolloutId}: ${total} merchants\n`)
  return rolloutId
}

/** After these somebody wants to see the end, not the beginning. */
const isAtOnce = (command: RolloutCommand): boolean =>
  command.kind === 'steer' && (command.operation === 'rollouts.pause' || command.operation === 'rollouts.cancel')

async function run(): Promise<number> {
  const command = await readCommand(process.argv.slice(2))
  const client = await openClient()
  const rolloutId = await carryOut(client, command)
  if (!command.wait || isAtOnce(command)) return exits.done
  const isReleasing = command.kind === 'steer' && command.operation === 'rollouts.release'
  return watch(client, rolloutId, { ...command, isReleasing }, process.stdout)
}

process.exitCode = await run().catch((error: unknown) => {
  if (error instanceof BadCommand) {
    process.stderr.write(`${error.message}\n${usage}\n`)
    return exits.usage
  }
  if (!(error instanceof MinifleetError)) throw error
  process.stderr.write(`✖ ${error.code}: ${error.message}${error.field ? ` (${error.field})` : ''}\n`)
  if (error.hint) process.stderr.write(`  ${error.hint}\n`)
  return exits.failures
})
