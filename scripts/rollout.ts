/** `npm run rollout`: a template to many merchants, from a terminal or from CI. Writes nothing here. */
import { createClient, MinifleetError, type Minifleet } from '../client/src/client.ts'
import type { Operations } from '../client/src/operations.ts'
import { carefulWaves, usualFailures } from '../shared/domain/rollouts/careful-plan.ts'
import { readEnvironment } from './deploy/values.ts'
import { refuseVariables, wrongIf } from './deploy/variables.ts'
import { runCommand } from './command-line.ts'
import { BadCommand, rolloutCommand, type RolloutCommand } from './rollout/command.ts'
import { audienceOf, compareAll, rehearsalLines, rehearsalOf, reviewLine, reviewsOf } from './rollout/dry-run.ts'
import { exits } from './rollout/outcome.ts'
import type { Rollout } from './rollout/progress.ts'
import { watch } from './rollout/watch.ts'

type Plan = Operations['rollouts.create']['input']

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
  const { plan, merchants } = await carefully(client, command.input)
  const reviews = await reviewsOf(client, plan, merchants)
  const { rolloutId, total } = await begin(client, plan, command)
  process.stdout.write(`${rolloutId}: ${total} merchants\n`)
  if (reviews && reviews.later > 0) process.stdout.write(`${reviewLine(reviews)}\n`)
  return rolloutId
}

/** What was proposed to a repeated build depends on how many merchants there were when the first one began. */
async function begin(
  client: Minifleet,
  plan: Plan,
  { input, key }: { readonly input: Plan; readonly key: string | undefined },
): Promise<Rollout> {
  const options = key === undefined ? {} : { idempotencyKey: key }
  try {
    return await client.call('rollouts.create', plan, options)
  } catch (error) {
    if (!(error instanceof MinifleetError && error.reason === 'KEY_REUSED')) throw error
    const { items } = await client.call('rollouts.list', { limit: 100 })
    const { name, templateId, version } = plan
    const former = items.find((one) => one.name === name && one.templateId === templateId && one.version === version)
    if (!former) throw error
    const { waves, maxFailures } = former
    const chosen = { waves, ...(maxFailures !== undefined && { maxFailures }), ...input }
    return client.call('rollouts.create', chosen, options)
  }
}

/** The plan with what a careful person would choose, where nobody chose. */
async function carefully(client: Minifleet, input: Plan): Promise<{ plan: Plan; merchants: readonly string[] }> {
  const merchants = await audienceOf(client, input)
  const first = new Set(input.canary).size
  const waves = [...carefulWaves(Math.max(1, merchants.length - first))]
  return { plan: { waves, maxFailures: usualFailures(merchants.length), ...input }, merchants }
}

async function rehearse(client: Minifleet, input: Plan, form: 'text' | 'json'): Promise<number> {
  const { plan, merchants } = await carefully(client, input)
  const reviews = await reviewsOf(client, plan, merchants)
  const rehearsal = { plan, reviews, items: await compareAll(client, plan, merchants) }
  const lines = form === 'json' ? [JSON.stringify(rehearsalOf(rehearsal), null, 2)] : rehearsalLines(rehearsal)
  process.stdout.write(`${lines.join('\n')}\n`)
  return exits.done
}

/** After these somebody wants to see the end, not the beginning. */
const isAtOnce = (command: RolloutCommand): boolean =>
  command.kind === 'steer' && (command.operation === 'rollouts.pause' || command.operation === 'rollouts.cancel')

async function follow(command: RolloutCommand): Promise<number> {
  const client = await openClient()
  if (command.kind === 'start' && command.rehearsal) return rehearse(client, command.input, command.rehearsal)
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
