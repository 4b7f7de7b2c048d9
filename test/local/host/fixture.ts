import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { startHost, type Host, type HostOptions } from '../../../local/host/host.ts'
import type { FunctionSettings } from '../../../local/host/settings.ts'
import { buildFunctions } from '../../../scripts/build/build.ts'

const sourceFolder = fileURLToPath(new URL('functions', import.meta.url))

const settings = { timeLimitSeconds: 1, memoryMb: 256, variables: ['COMPONENT_APPID', 'COMPONENT_TOKEN'], timers: [] }

const functions: readonly FunctionSettings[] = [
  {
    ...settings,
    name: 'echo',
    path: '/echo/it',
    timers: [{ name: 'everyMinute', config: '0 * * * * * *' }],
  },
  { ...settings, name: 'patient', timeLimitSeconds: 10 },
  { ...settings, name: 'store', timeLimitSeconds: 10 },
  { ...settings, name: 'missing' },
]

export interface EchoHost extends AsyncDisposable {
  readonly host: Host
  readonly log: string[]
}

/** A host with the functions that stand beside this file, built into a folder of its own. */
export const startEchoHost = async (options: Partial<HostOptions> = {}): Promise<EchoHost> => {
  const distFolder = await mkdtemp(join(tmpdir(), 'minifleet-host-'))
  await buildFunctions({ sourceFolder, distFolder })
  const log: string[] = []
  const host = await startHost({
    port: 0,
    functions,
    distFolder,
    functionEnv: { COMPONENT_APPID: 'wx0123456789abcdef', SOMETHING_ELSE: 'stays outside' },
    timers: false,
    log: (line) => log.push(line),
    ...options,
  })
  return {
    host,
    log,
    [Symbol.asyncDispose]: async () => {
      await host.close()
      await rm(distFolder, { recursive: true, force: true })
    },
  }
}
