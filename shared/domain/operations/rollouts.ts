import * as v from 'valibot'
import { appid, attributes, choice, integer, jsonObject, page, text } from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { createRollout, groupRejections, listItems, presentRollout, readRollout } from '../rollouts/rollouts.ts'
import { setupShape } from '../rollouts/setup.ts'
import { cancelRollout, pauseRollout, releaseRollout, resumeRollout } from '../rollouts/steering.ts'
import { retryItems, rollBackRollout } from '../rollouts/steering.ts'
import { itemStates, retryableStates, rolloutStates, type RolloutRecord } from '../stores/rollouts.ts'

const rolloutId = text(64)

/** As `rollouts.rejections` names it. */
const reason = text(1000)

const waves = v.pipe(
  v.array(integer(1, 100), 'must be a list of percentages'),
  v.minLength(1, 'must have at least one percentage'),
  v.maxLength(20, 'must have at most 20 percentages'),
  v.check((list) => list.every((end, index) => index === 0 || end > (list[index - 1] ?? 0)), 'must ascend'),
  v.check((list) => list.at(-1) === 100, 'must end with 100'),
)

const present = (platform: Platform, rollout: RolloutRecord) => presentRollout(rollout, databaseTime(platform))

type Steer = (platform: Platform, rolloutId: string) => Promise<RolloutRecord>

const steering = (summary: string, steer: Steer) =>
  changing({
    role: 'operator',
    summary,
    input: { rolloutId },
    run: async (platform, input) => present(platform, await steer(platform, input.rolloutId)),
  })

export const rolloutOperations = {
  'rollouts.create': changing({
    role: 'operator',
    summary: 'Ship one template to many merchants, wave by wave',
    input: {
      name: text(128),
      templateId: integer(0, Number.MAX_SAFE_INTEGER),
      version: text(64),
      description: text(1024),
      appids: v.optional(
        v.pipe(
          v.array(appid, 'must be a list'),
          v.minLength(1, 'must have at least one member'),
          v.maxLength(2000, 'must have at most 2000 members'),
        ),
      ),
      all: v.optional(v.literal(true, 'must be true where it is given')),
      filter: v.optional(v.strictObject({ attributes: v.optional(attributes), liveVersion: v.optional(text(64)) })),
      ext: v.optional(jsonObject),
      setup: v.optional(setupShape),
      waves: v.optional(waves, [100]),
      nextWaveWhen: v.optional(choice(['approved', 'released'])),
      maxFailures: v.optional(integer(0, 100_000)),
      quotaReserve: v.optional(integer(0, 100_000), 0),
      autoSubmit: v.optional(v.boolean('must be true or false'), true),
      autoRelease: v.optional(v.boolean('must be true or false'), false),
    },
    check: ({ appids, all, filter }) =>
      [appids, all, filter].filter((way) => way !== undefined).length === 1
        ? undefined
        : ['appids', 'Give exactly one of appids, all and filter'],
    run: async (platform, { ext, setup, maxFailures, ...wish }, run) =>
      present(
        platform,
        await createRollout(
          platform,
          {
            ...wish,
            ...(ext && { ext }),
            ...(setup && { setup }),
            ...(maxFailures !== undefined && { maxFailures }),
          },
          run,
        ),
      ),
  }),
  'rollouts.get': reading({
    role: 'viewer',
    summary: 'How a rollout stands; cheap to poll',
    input: { rolloutId },
    run: async (platform, input) => present(platform, await readRollout(platform, input.rolloutId)),
  }),
  'rollouts.list': reading({
    role: 'viewer',
    summary: 'Rollouts, newest first',
    input: { ...page, state: v.optional(choice(rolloutStates)) },
    run: async (platform, { state, ...request }) => {
      const { items, ...rest } = await platform.stores.rollouts.list({ state }, request)
      return { ...rest, items: items.map((rollout) => present(platform, rollout)) }
    },
  }),
  'rollouts.items': reading({
    role: 'viewer',
    summary: 'The merchants of a rollout, each with its state',
    input: { ...page, rolloutId, state: v.optional(choice(itemStates)), reason: v.optional(reason) },
    run: (platform, { rolloutId: id, state, reason: group, ...request }) =>
      listItems(platform, id, { state, reason: group }, request),
  }),
  'rollouts.rejections': reading({
    role: 'viewer',
    summary: 'What was rejected, grouped by what the reviewers said; one fix may serve a whole group',
    input: { rolloutId },
    run: (platform, input) => groupRejections(platform, input.rolloutId),
  }),
  'rollouts.pause': steering('Start no new step; reviews that run go on', pauseRollout),
  'rollouts.resume': steering('Go on after a pause', resumeRollout),
  'rollouts.cancel': steering('End it: no new step, reviews are left alone', cancelRollout),
  'rollouts.retry': changing({
    role: 'operator',
    summary: 'Send those on their way again that failed, were skipped or rejected',
    input: {
      rolloutId,
      states: v.optional(
        v.pipe(v.array(choice(retryableStates), 'must be a list'), v.minLength(1, 'must name at least one state')),
      ),
      reason: v.optional(reason),
    },
    run: async (platform, input) =>
      present(platform, await retryItems(platform, input.rolloutId, input.states, input.reason)),
  }),
  'rollouts.release': steering('Release all that are approved', releaseRollout),
  'rollouts.rollback': steering('Take back what this rollout released', rollBackRollout),
}
