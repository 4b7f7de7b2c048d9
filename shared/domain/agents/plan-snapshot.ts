import * as v from 'valibot'
import { liveVersionOf } from '../authorizers/live-versions.ts'
import { readingRun } from '../callers/activity.ts'
import { systemCaller } from '../callers/caller.ts'
import type { Admitted } from '../operation.ts'
import { tableOf } from '../operations/table.ts'
import type { Platform } from '../platform.ts'
import { rolloutOperations } from '../operations/rollouts.ts'
import { chooseAudience } from '../rollouts/rollouts.ts'

/* How things stand that a destructive operation is about: what a plan shows, and what must still be so when it is carried out. */

type Members = Readonly<Record<string, unknown>>

type Look = (ask: (operation: string, input: object) => Promise<Members>, input: Members) => Promise<Members>

const pick = (from: unknown, ...names: readonly string[]): Members => {
  const members: Members = { ...Object(from) }
  return Object.fromEntries(names.flatMap((name) => (members[name] === undefined ? [] : [[name, members[name]]])))
}

const items = ({ items: list }: Members): readonly unknown[] => (Array.isArray(list) ? list : [])

/** When it was read does not tell how it stands. */
const seenOf = (account: Members): Members => ({
  ...pick(account, 'appid', 'status', 'accountStatus', 'businessId'),
  ...(account['live'] !== undefined && {
    live: pick(account['live'], 'version', 'templateId', 'releasedAt', 'origin'),
  }),
})

const ofAccount: Look = async (ask, { appid }) =>
  appid === undefined ? {} : seenOf(await ask('authorizers.get', { appid }))

const ofReleases: Look = async (ask, input) => ({
  account: await ofAccount(ask, input),
  releases: items(await ask('releases.list', { appid: input['appid'], limit: 10 })).map((release) =>
    pick(release, 'releaseId', 'version', 'templateId', 'state', 'grayPercentage', 'updatedAt'),
  ),
})

const ofRollout: Look = async (ask, { rolloutId }) =>
  pick(await ask('rollouts.get', { rolloutId }), 'rolloutId', 'version', 'state', 'wave', 'total', 'counts', 'guard')

const ofBinding: Look = async (ask, input) => ({
  binding: pick(
    await ask('bindings.get', pick(input, 'businessId', 'accountType')),
    'businessId',
    'status',
    'appid',
    'attributes',
  ),
  account: await ofAccount(ask, input),
})

const looks: Readonly<Record<string, Look>> = {
  'releases.release': ofReleases,
  'releases.rollback': ofReleases,
  'releases.startGray': ofReleases,
  'rollouts.release': ofRollout,
  'rollouts.rollback': ofRollout,
  'rollouts.resume': ofRollout,
  'rollouts.setGuard': ofRollout,
  'bindings.unbind': ofBinding,
  'bindings.bind': ofBinding,
  'bindings.import': async (ask, input) => ask('bindings.import', { ...input, dryRun: true }),
  'templates.delete': async (ask, { templateId }) => ({
    template: items(await ask('templates.list', { limit: 100 })).find(
      (template) => Object(template)['template_id'] === templateId,
    ),
  }),
  'onboardings.create': async (ask, { businessId }) => ofBinding(ask, { businessId, accountType: 'any' }),
}

/** Nothing of it is changed by looking. */
export async function lookAt(platform: Platform, { name, input }: Admitted): Promise<Members> {
  if (name === 'rollouts.create') return { ...(await audienceOf(platform, input)) }
  const ask = async (operation: string, members: object): Promise<Members> => {
    const row = (await tableOf(operation))[operation]
    const found = await row?.take(members).run(platform, readingRun(systemCaller('agent')))
    return { ...Object(found) }
  }
  return (looks[name] ?? ofAccount)(ask, { ...input })
}

const SHOWN = 50

/** The merchants of a rollout, and what each has online. */
export async function audienceOf(platform: Platform, input: object) {
  const plan = v.parse(v.strictObject(rolloutOperations['rollouts.create'].input), input)
  const appids = await chooseAudience(platform, plan)
  const known = await platform.stores.authorizers.findMany(appids)
  const versions = new Map(known.map((account) => [account.appid, liveVersionOf(account)?.version]))
  const liveOf = (appid: string): string | undefined => versions.get(appid)
  return {
    total: appids.length,
    merchants: appids.slice(0, SHOWN).map((appid) => ({ appid, liveVersion: liveOf(appid) ?? null })),
    everybody: platform.ids.hash(...appids.map((appid) => `${appid} ${liveOf(appid) ?? ''}`)),
  }
}
