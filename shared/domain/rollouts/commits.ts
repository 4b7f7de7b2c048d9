import { after } from '../../time.ts'
import { code } from '../../wechat/endpoints/code.ts'
import { assertCallable } from '../authorizers/authorizer-calls.ts'
import { ATTEMPT_MS, committed, newRelease, numberAfter, sendCommit, type Sent } from '../releases/commits.ts'
import { databaseTime, newestFirst, type Platform } from '../platform.ts'
import { byRollout } from './rollout-caller.ts'
import { forEachOf, noteAll, readAccounts, sendAll, type Account, type ItemPage } from './item-page.ts'
import { readinessOf, type Ready } from './readiness.ts'
import { setUp } from './setup.ts'
import { takeOver } from './takeover.ts'
import { submissionToCome } from '../releases/submissions.ts'
import { warningsBefore } from '../releases/comparison.ts'
import { render, templateOf, withLastCopy } from '../releases/rendering.ts'
import type { ReleaseRecord } from '../stores/releases.ts'
import type { RolloutRecord } from '../stores/rollouts.ts'

interface Plan extends Account {
  readonly ready: Ready
  readonly sent: Sent
}

/** Looks at the accounts of a page, then commits to those that are ready; what is there already is not committed again. */
export async function commitPage(page: ItemPage): Promise<void> {
  const { platform, rollout, outcomes } = page
  const plans: Plan[] = []
  // Once for all; what is wrong with the template every item says for itself.
  const template = templateOf(platform, rollout.templateId, rollout)
  await template.catch(() => undefined)
  await forEachOf(page, await readAccounts(page), async (account) => {
    const { item, releases, binding, authorizer } = account
    const [head] = releases
    // Somebody is at it, or was: the queue finds out.
    if (head?.state === 'committing') return outcomes.putOff(item)
    const found = await takeOver(platform, rollout, account)
    if (found === 'changed') return outcomes.putOff(item)
    if (found && 'release' in found) return outcomes.follow(item, found.release)
    if (found) return outcomes.set(item, { state: 'skipped', problem: found.problem })
    const ready = await readinessOf(platform, rollout, account)
    if ('problem' in ready) return outcomes.set(item, { state: 'skipped', problem: ready.problem })
    const ground = { template: await template, settings: rollout.settings ?? {} }
    const known = await withLastCopy(platform, authorizer, releases)
    const rendering = render(ground, rollout, { appid: item.appid, attributes: binding?.attributes, releases: known })
    const { templateId, version, allow = [] } = rollout
    const warnings = await warningsBefore(platform, { templateId, version, authorizer, releases, rendering })
    const warning = warnings.find(({ code: word }) => !allow.some((one) => one === word))
    if (warning) return outcomes.set(item, { state: 'skipped', problem: warning })
    await setUp(platform, rollout, item.appid)
    await assertCallable(platform, item.appid, code.commit)
    plans.push({ ...account, ready, sent: { extJson: rendering.extJson, source: ground.template.source } })
  })
  const releases = plans.map((plan) => ({ release: releaseOf(platform, rollout, plan), order: newestFirst(platform) }))
  const dueAt = after(databaseTime(platform), ATTEMPT_MS)
  const intents = () => platform.stores.releases.insertAll(releases, dueAt, platform.ids.random())
  const sent = await sendAll(page, plans, intents, (intent) => sendCommit(platform, intent))
  await noteAll(page, sent, committed)
}

const planOf = ({ templateId, version, description }: RolloutRecord) => ({ templateId, version, description })

function releaseOf(platform: Platform, rollout: RolloutRecord, { item, releases, ready, sent }: Plan): ReleaseRecord {
  const input = { ...planOf(rollout), appid: item.appid, asked: byRollout }
  return {
    ...newRelease(platform, input, sent, numberAfter(releases[0])),
    rolloutId: rollout.rolloutId,
    ...(ready.auditBaseline !== undefined && { auditBaseline: ready.auditBaseline }),
    ...(ready.item && ready.auditBaseline !== undefined && { submission: submissionToCome([ready.item]) }),
  }
}
