import * as v from 'valibot'
import { after, SECOND } from '../../time.ts'
import { audits } from '../../wechat/endpoints/audits.ts'
import { firstPage, withPage } from '../releases/submission-items.ts'
import { assertCallable } from '../authorizers/authorizer-calls.ts'
import { databaseTime, type Memory, type Platform } from '../platform.ts'
import { supersedeOlder } from '../releases/release-records.ts'
import { submittable, supersededBySubmission, underReview } from '../releases/release-states.ts'
import { byRollout } from './rollout-caller.ts'
import { supersededBy } from './following.ts'
import { beginAll, forEachOf, readShipments, sendAll, type ItemPage, type Ours } from './item-page.ts'
import { quotaFor } from './quota.ts'
import { scanOf, type TemplateFacts } from './readiness.ts'
import { keptBody, recordAudit, replacedBy, sendSubmission, submit } from '../releases/submissions.ts'
import type { GivenSubmission, Submission } from '../releases/submissions.ts'
import type { RolloutItem } from '../stores/rollouts.ts'

interface Prepared extends Ours {
  readonly body: Submission
}

/** WeChat scans committed code for about a minute. */
const SCAN_MS = 50 * SECOND

/** Submits what is committed, as far as the quota goes and the scan has ended. */
export async function submitPage(page: ItemPage): Promise<void> {
  const { platform, rollout, quota, outcomes } = page
  const ready: Ours[] = []
  for (const shipment of await readShipments(page)) {
    const { item, ours, newest } = shipment
    if (!ours || newest !== ours) outcomes.set(item, supersededBy(ours))
    else if (ours.state === 'committing' || ready.length >= quotaFor(quota, rollout)) outcomes.putOff(item)
    else if (!submittable.includes(ours.state)) outcomes.follow(item, ours)
    else ready.push({ ...shipment, ours })
  }
  const prepared = await prepare(page, ready)
  quota.rest -= prepared.length
  const alike = prepared.filter(canGoTogether)
  const intents = () => beginAll(platform, alike, { state: 'submitting', autoRelease: false })
  // Each audit's number is kept at once.
  const sent = await sendAll(page, alike, intents, async (intent, { item, body }) => {
    const answer = await sendSubmission(platform, intent, body)
    const release = typeof answer === 'number' ? await recordAudit(platform, intent, answer) : answer
    outcomes.follow(item, release)
    return release
  })
  const done = sent.filter(({ release }) => release.state !== 'submitting')
  await supersedeOlder(platform, done, supersededBySubmission)
  await forEachOf(
    page,
    prepared.filter((one) => !alike.includes(one)),
    async ({ item }) => {
      const submitted = await submit(platform, { appid: item.appid, submission: givenFor(item), asked: byRollout })
      outcomes.follow(item, submitted)
    },
  )
}

const givenFor = ({ submission }: RolloutItem): GivenSubmission =>
  submission === undefined ? {} : v.parse(v.partial(audits.submit.body(), ['item_list']), submission)

/** As the rollout committed it, and nothing else of this account is under review. */
const canGoTogether = ({ item, ours, releases }: Ours): boolean =>
  item.submission === undefined &&
  keptBody(ours) !== undefined &&
  !releases.some(({ state }) => underReview.includes(state))

const templates = new WeakMap<Memory, Map<number, TemplateFacts>>()

function factsOf({ memory }: Platform, templateId: number): TemplateFacts {
  const known = templates.get(memory) ?? new Map<number, TemplateFacts>()
  templates.set(memory, known)
  const facts = known.get(templateId) ?? { usesNoPrivateKeys: false }
  known.set(templateId, facts)
  return facts
}

/** Those whose scan has ended with nothing in the way. The first account tells whether it is worth while to ask for the others. */
async function prepare(page: ItemPage, ready: readonly Ours[]): Promise<readonly Prepared[]> {
  const { platform, rollout, outcomes } = page
  const prepared: Prepared[] = []
  const facts = factsOf(platform, rollout.templateId)
  const wait = ({ item }: Ours) => outcomes.set(item, { dueAt: after(databaseTime(platform), SCAN_MS) })
  let isFirstScanned = false
  const look = async (one: Ours): Promise<void> => {
    await assertCallable(platform, one.item.appid, audits.submit)
    const found = await scanOf(platform, one.item.appid, facts)
    if (found === 'running') return wait(one)
    if (one === ready[0]) isFirstScanned = true
    if (found) return outcomes.set(one.item, { state: 'skipped', problem: found })
    // Where the newest audit had to be asked for, this question is not asked too.
    const mayAsk = one.releases.some(({ auditId }) => auditId !== undefined)
    if (mayAsk && (await replacedBy(platform, one.ours)) !== undefined)
      return outcomes.set(one.item, supersededBy(one.ours))
    const [item, ...others] = keptBody(one.ours)?.item_list ?? []
    const items = item ? [withPage(item, await firstPage(platform, one.ours)), ...others] : []
    prepared.push({ ...one, body: { ...keptBody(one.ours), item_list: items } })
  }
  await forEachOf(page, ready.slice(0, 1), look)
  if (isFirstScanned) await forEachOf(page, ready.slice(1), look)
  else ready.slice(1).forEach(wait)
  return prepared
}
