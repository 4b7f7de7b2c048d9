/**
 * node --import tsx examples/ship-template/ship.ts --version 2.1.0 --description TEXT (--all | --appid WX… | --attribute NAME=VALUE)
 *     [--waves 10,50,100] [--max-failures N] [--auto-release] [--until submitted|done] [--timeout MINUTES] [--every SECONDS]
 *
 * A job for CI: takes the draft with this version (a developer uploaded it), makes it a template, ships it to merchants and follows
 * that. Run again with the same CI_RUN_ID it goes on instead of beginning anew.
 *
 * Reads MINIFLEET_URL, MINIFLEET_KEY (role operator) and CI_RUN_ID (default: the version). Exits with
 *   0  as far as --until says: `submitted` (default), all are with WeChat's reviewers or further; `done`, they are released, or
 *      approved and wait for the release
 *   1  some failed, or were rejected, withdrawn or skipped
 *   2  it was asked for something that makes no sense, or the platform refused it
 *   3  the rollout was paused or cancelled
 *   4  it takes longer than --timeout (default 30 minutes); it goes on without this job
 */
import { setTimeout as pause } from 'node:timers/promises'
import { createClient, MinifleetError, type Minifleet } from 'minifleet-client'
import { CannotShip, readOptions } from './options.ts'
import { outcomeOf, summaryOf, troubleIn } from './outcome.ts'
import { findTemplate } from './template.ts'

async function ship(minifleet: Minifleet): Promise<number> {
  const { runId, rollout, until, timeoutMs, everyMs } = readOptions(process.argv.slice(2), process.env)
  const templateId = await findTemplate(minifleet, rollout.version, runId)
  const { rolloutId } = await minifleet.call(
    'rollouts.create',
    { ...rollout, name: `CI ${runId}`.slice(0, 64), templateId },
    { idempotencyKey: `ship/${runId}` },
  )
  console.log(`template ${templateId}, rollout ${rolloutId}`)

  const end = Date.now() + timeoutMs
  for (let last = ''; ; await pause(everyMs)) {
    const state = await minifleet.call('rollouts.get', { rolloutId })
    const summary = summaryOf(state)
    if (summary !== last) console.log(summary)
    last = summary
    const outcome = outcomeOf(state, until)
    if (outcome !== undefined) {
      for await (const line of troubleIn(minifleet, state)) console.log(line)
      return outcome
    }
    if (Date.now() >= end) return 4
  }
}

function explain(error: unknown): number {
  if (error instanceof CannotShip) console.error(error.message)
  else if (error instanceof MinifleetError)
    console.error(`${error.code}: ${error.message}\n${error.hint ?? ''} (request ${error.requestId ?? '-'})`)
  else throw error
  return 2
}

const { MINIFLEET_URL: baseUrl = '', MINIFLEET_KEY: apiKey = '' } = process.env
process.exitCode = await ship(createClient({ baseUrl, apiKey })).catch(explain)
