import type { TestContext } from 'node:test'
import * as v from 'valibot'
import { itemStates, type GuardRules, type ItemState, type RolloutRecord } from '../../shared/domain/stores/rollouts.ts'
import { epochMs } from '../../shared/time.ts'
import { openPlatform } from './open-platform.ts'

/** When these rollouts begin, ms. */
export const START = Date.parse('2026-03-01T00:00:00Z')
export const at = (seconds: number) => epochMs(START + seconds * 1000)

export const guard: GuardRules = {
  maxErrorGrowth: 2,
  newErrors: false,
  minUsers: 1,
  watchMinutes: 60,
  noDataHours: 24,
  noData: 'wait',
  then: 'pause',
}

/** 08:00 to 09:00 in Shanghai, where it is 08:00. */
export const quietHours = { from: '08:00', to: '09:00', timeZone: 'Asia/Shanghai' }

const isItemState = (word: string): word is ItemState => itemStates.some((state) => state === word)

const noCounts: RolloutRecord['counts'] = {
  pending: 0,
  committing: 0,
  committed: 0,
  submitting: 0,
  auditing: 0,
  delayed: 0,
  rejected: 0,
  withdrawn: 0,
  approved: 0,
  gray: 0,
  released: 0,
  rolledBack: 0,
  failed: 0,
  skipped: 0,
}

const told = v.array(v.looseObject({ type: v.string(), data: v.record(v.string(), v.unknown()) }))

/** A platform on which rollouts stand as the test says. */
export async function openRollouts(t: TestContext) {
  const opened = await openPlatform(t)
  const { platform, database } = opened
  let made = 0
  return {
    ...opened,
    /** Of two waves, under way. @param states of its merchants, `|` between the waves */
    make: async (states: string, change: Partial<RolloutRecord> = {}): Promise<RolloutRecord> => {
      made += 1
      const rolloutId = `ro-${made}`
      const items = states.split('|').flatMap((wave, index) =>
        wave
          .split(' ')
          .filter(isItemState)
          .map((state) => ({ state, wave: index + 1 })),
      )
      const counts = { ...noCounts }
      for (const { state } of items) counts[state] += 1
      const rollout: RolloutRecord = {
        rolloutId,
        revision: 1,
        name: 'Spring',
        templateId: 7,
        version: '2.0.0',
        description: 'spring',
        waves: [50, 100],
        nextWaveWhen: 'approved',
        quotaReserve: 0,
        autoSubmit: true,
        autoRelease: true,
        total: items.length,
        state: 'running',
        wave: 1,
        counts,
        startedAt: platform.clock(),
        ...change,
      }
      const rows = items.map((item, index) => {
        const appid = `wx${index + 1}`
        return { ...item, itemId: `${rolloutId}:${String(index).padStart(6, '0')}`, rolloutId, appid, revision: 1 }
      })
      await platform.stores.rollouts.insert(rollout, rows, rolloutId, epochMs(0))
      return rollout
    },
    /** Its merchants' states, in order. */
    states: async ({ rolloutId }: RolloutRecord): Promise<string> => {
      const { items } = await platform.stores.rollouts.items(rolloutId, {}, { limit: 100 })
      return items.map(({ state }) => state).join(' ')
    },
    /** What is to be told of its changes. */
    told: async ({ rolloutId }: RolloutRecord) => {
      const row = await database.get('rollouts', rolloutId)
      const entries = v.parse(v.record(v.string(), v.string()), row?.['outbox'] ?? {})
      return Object.values(entries).flatMap((entry) => v.parse(told, JSON.parse(entry)))
    },
  }
}
