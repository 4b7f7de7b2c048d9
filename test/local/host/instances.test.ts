import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as v from 'valibot'
import { startEchoHost, type EchoHost } from './fixture.ts'

const seenSchema = v.object({ pid: v.number(), calls: v.number(), variables: v.array(v.string()) })
const waitedSchema = v.object({ pid: v.number() })

let echo: EchoHost
before(async () => {
  echo = await startEchoHost({ maxInstances: 3 })
})
after(() => echo[Symbol.asyncDispose]())

const seen = async () => v.parse(seenSchema, await echo.host.invoke('echo', {}))
const echoStats = () => {
  const { echo: stats } = echo.host.stats()
  assert.ok(stats)
  return stats
}

test('an instance starts with the first call and serves the following ones with its state kept', async () => {
  assert.deepEqual(echoStats(), { invocations: 0, coldStarts: 0, errors: 0, instances: 0, pids: [] })
  const first = await seen()
  const second = await seen()
  assert.deepEqual([first.calls, second.calls], [1, 2])
  assert.equal(first.pid, second.pid)
  assert.notEqual(first.pid, process.pid)
  assert.deepEqual(echoStats(), { invocations: 2, coldStarts: 1, errors: 0, instances: 1, pids: [first.pid] })
})

test("an instance has the runtime's variables and those of its configuration that are set, no others", async () => {
  const { variables } = await seen()
  const perCall = /^(?:TCB_(?!CONTEXT_CNFG)|WX_)/
  // Inherited by whatever is started here, as the host's own are.
  const inherited = new Set(['NODE_OPTIONS', 'TCB_CONTEXT_CNFG'])
  assert.deepEqual(
    variables.filter((name) => !perCall.test(name) && !inherited.has(name)),
    [
      'COMPONENT_APPID',
      'PATH',
      'SCF_NAMESPACE',
      'SILENCE',
      'TENCENTCLOUD_REGION',
      'TENCENTCLOUD_RUNENV',
      'TENCENTCLOUD_SECRETID',
      'TENCENTCLOUD_SECRETKEY',
      'TZ',
    ],
  )
})

test('calls at once get an instance each up to the maximum, further ones wait in line', async () => {
  const pids = await Promise.all(
    Array.from({ length: 12 }, async () => {
      const waited = await echo.host.invoke('echo', { do: 'wait', milliseconds: 150 })
      return v.parse(waitedSchema, waited).pid
    }),
  )
  assert.equal(pids.length, 12)
  assert.equal(new Set(pids).size, 3)
  assert.equal(echoStats().instances, 3)
})

const troubles = [
  { do: 'throw', code: 'FUNCTIONS_EXECUTE_FAIL', says: /no luck/ },
  { do: 'die', code: 'FUNCTIONS_EXECUTE_FAIL', says: /exit code 7/ },
  { do: 'reject later', code: 'FUNCTIONS_EXECUTE_FAIL', says: /exit code 1/ },
  { do: 'hang', code: 'FUNCTIONS_TIME_LIMIT_EXCEEDED', says: /timed out after 1 seconds/ },
]
for (const trouble of troubles)
  test(`a function that is told to ${trouble.do} answers ${trouble.code}, and the next call is served`, async () => {
    const { errors } = echoStats()
    await assert.rejects(echo.host.invoke('echo', { do: trouble.do }), { code: trouble.code, message: trouble.says })
    assert.equal(echoStats().errors, errors + 1)
    await seen()
  })

test('an instance killed from outside is replaced', async () => {
  await seen()
  for (const pid of echoStats().pids) process.kill(pid, 'SIGKILL')
  while (echoStats().instances > 0) await new Promise((resolve) => setImmediate(resolve))
  assert.equal((await seen()).calls, 1)
})

test('a function that was not built says so, one that does not exist too', async () => {
  await assert.rejects(echo.host.invoke('missing', {}), { code: 'FUNCTIONS_EXECUTE_FAIL', message: /is it built/ })
  await assert.rejects(echo.host.invoke('nowhere', {}), { code: 'FUNCTION_NOT_FOUND' })
})

test('an answer over 6 MB is refused, one under it passes', async () => {
  const answer = 'x'.repeat(5 * 1024 * 1024)
  assert.equal(await echo.host.invoke('patient', { do: 'answer', answer }), answer)
  await assert.rejects(echo.host.invoke('patient', { do: 'answer', answer: `${answer}${answer}` }), {
    code: 'EXCEED_MAX_PAYLOAD_SIZE',
  })
})

test("a function's lines come out as they are", async () => {
  await echo.host.invoke('echo', { do: 'log' })
  while (!echo.log.includes('{"level":"info"}')) await new Promise((resolve) => setImmediate(resolve))
})

test('the SDK inside an instance reaches the database of the host', async () => {
  const found = v.parse(v.object({ data: v.array(v.unknown()) }), await echo.host.invoke('store', { id: 'o1' }))
  assert.deepEqual(found.data, [{ _id: 'o1', role: 'owner' }])
  assert.deepEqual(echo.host.database.dump().admins, [{ _id: 'o1', role: 'owner' }])
})
