import { readFile } from 'node:fs/promises'
import type { LocalPlatform } from '../test/fixtures/platform.ts'

/** Resident memory of all instances of a function, MiB; Linux only, else NaN. */
export async function residentMiB(platform: LocalPlatform, name: string): Promise<readonly number[]> {
  const pids = platform.host.stats()[name]?.pids ?? []
  return Promise.all(
    pids.map(async (pid) => {
      const status = await readFile(`/proc/${pid}/status`, 'utf8').catch(() => '')
      return Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? Number.NaN) / 1024
    }),
  )
}
