import type { TestContext } from 'node:test'
import { openDatabase as openEmulator, type DatabaseOptions } from '../../local/database/database.ts'
import { serveDatabase } from '../../local/database/server.ts'
import { collections } from '../../shared/cloudbase/collections.ts'
import { openDatabase } from '../../shared/cloudbase/database.ts'
import { createVault } from '../../shared/cloudbase/sealing.ts'
import type { TellOfBinding } from '../../shared/domain/stores/bindings.ts'
import { sealKey } from './seal-key.ts'

// What the cloud's runtime sets, so that the SDK looks for no metadata server.
Object.assign(process.env, {
  TENCENTCLOUD_RUNENV: 'SCF',
  TENCENTCLOUD_REGION: 'ap-shanghai',
  TENCENTCLOUD_SECRETID: 'local',
  TENCENTCLOUD_SECRETKEY: 'local',
  SCF_NAMESPACE: 'local',
  SILENCE: 'true',
})

/** Our wrapper over the unmodified SDK over a database of its own, whose clock the test may hold. */
export async function openStores(t: TestContext, options: DatabaseOptions = {}) {
  const names = [...collections.map(({ name }) => name), 'things']
  const emulator = await openEmulator({ collections: names, ...options })
  const served = await serveDatabase(emulator, { port: 0 })
  process.env['TCB_CONTEXT_CNFG'] = JSON.stringify({ URL: served.url })
  t.after(async () => {
    await served.close()
    await emulator.close()
  })
  return {
    emulator,
    database: openDatabase({ timeout: 20_000, random: Math.random }),
    vault: createVault([sealKey('k1')]),
    /** How many requests `work` sends to the database. */
    callsOf: async (work: () => Promise<unknown>): Promise<number> => {
      emulator.faults.resetCounts()
      await work()
      const counts = Object.entries(emulator.faults.counts())
      return counts.reduce((sum, [name, count]) => sum + (/^database\.\w+$/.test(name) ? count : 0), 0)
    },
  }
}

/** A clock that stands until it is moved. */
export function heldClock(start: string) {
  let now = Date.parse(start)
  return {
    now: () => now,
    advance(milliseconds: number) {
      now += milliseconds
    },
  }
}

export const times = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

export const tell: TellOfBinding = ({ businessId, status }, { appid }) => ({
  type: status === 'revoked' ? 'binding.revoked' : 'binding.bound',
  appid,
  businessId,
  data: { status },
})
