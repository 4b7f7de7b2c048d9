import type { Release } from '../../../../../client/src/operations.ts'
import { call } from '../../../api/call.ts'
import { numberOf } from '../../../api/wechat-fields.ts'

interface AskedAction {
  readonly danger?: boolean
  /** What the question tells besides. */
  readonly learn?: (release: Release) => Promise<Readonly<Record<string, number>>>
  readonly run: (release: Release) => Promise<unknown>
}

/** How many of a hundred users get a gray release. */
const GRAY_PERCENT = 10

export type AskedName = 'withdraw' | 'expedite' | 'release' | 'startGray' | 'cancelGray' | 'rollback'

/** What touches the merchant or its users, and is asked about before. */
export const askedActions: Readonly<Record<AskedName, AskedAction>> = {
  withdraw: { danger: true, run: ({ appid }) => call('releases.withdraw', { appid }) },
  expedite: {
    learn: async ({ appid }) => {
      const quota = await call('releases.quota', { appid })
      return { rest: numberOf(quota, 'speedup_rest'), limit: numberOf(quota, 'speedup_limit') }
    },
    run: ({ appid }) => call('releases.expedite', { appid }),
  },
  release: { run: ({ appid, version }) => call('releases.release', { appid, version }) },
  startGray: { run: ({ appid }) => call('releases.startGray', { appid, percentage: GRAY_PERCENT }) },
  cancelGray: { danger: true, run: ({ appid }) => call('releases.cancelGray', { appid }) },
  rollback: { danger: true, run: ({ appid }) => call('releases.rollback', { appid }) },
}
