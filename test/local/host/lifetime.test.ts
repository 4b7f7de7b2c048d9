import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { after, before, test } from 'node:test'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import { buildFunctions } from '../../../scripts/build/build.ts'
import { startEchoHost } from './fixture.ts'
import { programOf } from '../../fixtures/program.ts'

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

let distFolder: string
before(async () => {
  distFolder = await mkdtemp(join(tmpdir(), 'minifleet-lifetime-'))
  await buildFunctions({ sourceFolder: here('functions'), distFolder })
})
after(() => rm(distFolder, { recursive: true, force: true }))

const isAlive = (pid: number): boolean => {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

test('instances end when their host is killed', async () => {
  const host = spawn(process.execPath, [...programOf('test/local/host/lone-host.ts'), distFolder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const [line] = await once(createInterface({ input: host.stdout }), 'line')
  const { pid } = v.parse(v.object({ pid: v.number() }), JSON.parse(String(line)))
  assert.ok(isAlive(pid))
  host.kill('SIGKILL')
  while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 10))
})

test('closing the host ends its instances, busy ones too, and answers who waits', async () => {
  const echo = await startEchoHost({ maxInstances: 1 })
  await echo.host.invoke('echo', {})
  const busy = assert.rejects(echo.host.invoke('echo', { do: 'hang' }), { code: 'FUNCTIONS_EXECUTE_FAIL' })
  const waiting = assert.rejects(echo.host.invoke('echo', {}), { code: 'FUNCTIONS_EXECUTE_FAIL' })
  const pids = echo.host.stats().echo?.pids ?? []
  assert.equal(pids.length, 1)
  await echo[Symbol.asyncDispose]()
  await Promise.all([busy, waiting])
  assert.deepEqual(pids.filter(isAlive), [])
})

test('a port that is taken is said so', async () => {
  await using echo = await startEchoHost()
  const port = Number(new URL(echo.host.url).port)
  await assert.rejects(startEchoHost({ port }), { code: 'EADDRINUSE' })
})
