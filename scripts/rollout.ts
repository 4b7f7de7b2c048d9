/** `npm run rollout`: a template to many merchants, from a terminal or from CI. Writes nothing here. */
import { createClient, MinifleetError, type Minifleet } from '../client/src/client.ts'
import { readEnvironment } from './deploy/values.ts'
import { refuseVariables, wrongIf } from './deploy/variables.ts'
import { runCommand } from './command-line.ts'
import { BadCommand, rolloutCommand, type RolloutCommand } from './rollout/command.ts'
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

async function follow(command: RolloutCommand): Promise<number> {
  const client = await openClient()
  const rolloutId = await carryOut(client, command)
  if (!command.wait || isAtOnce(command)) return exits.done
  const isReleasing = command.kind === 'steer' && command.operation === 'rollouts.release'
  return watch(client, rolloutId, { ...command, isReleasing }, process.stdout)
}

let status: number = exits.done
const rollout = rolloutCommand(async (command) => {
  status = await follow(command)
})

process.exitCode =
  (await runCommand(rollout).catch((error: unknown) => {
    if (error instanceof BadCommand) {
      process.stderr.write(`${error.message}\n\n${rollout.helpInformation()}`)
      return exits.usage
    }
    if (!(error instanceof MinifleetError)) throw error
    process.stderr.write(`✖ ${error.code}: ${error.message}${error.field ? ` (${error.field})` : ''}\n`)
    if (error.hint) process.stderr.write(`  ${error.hint}\n`)
    return exits.failures
  })) ?? status
