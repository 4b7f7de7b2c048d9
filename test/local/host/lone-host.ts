/** A host in a process of its own: starts one instance and says its process id. */
import { argv, stdout } from 'node:process'
import { startHost } from '../../../local/host/host.ts'

const [distFolder = ''] = argv.slice(2)
const host = await startHost({
  port: 0,
  distFolder,
  functionEnv: {},
  timers: false,
  functions: [{ name: 'echo', timeLimitSeconds: 60, memoryMb: 256, variables: [], timers: [] }],
})
stdout.write(`${JSON.stringify(await host.invoke('echo', { do: 'wait' }))}\n`)
