import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import * as v from 'valibot'
import { startEchoHost, type EchoHost } from './fixture.ts'

const seenSchema = v.object({
  event: v.record(v.string(), v.unknown()),
  context: v.object({
    environment: v.pipe(v.string(), v.parseJson(), v.record(v.string(), v.string())),
    function_name: v.string(),
    time_limit_in_ms: v.number(),
  }),
})

let echo: EchoHost
before(async () => {
  echo = await startEchoHost({ maxInstances: 1 })
})
after(() => echo[Symbol.asyncDispose]())

const callers = [
  {
    who: 'a user of a mini program',
    identity: { openid: 'o1', appid: 'wx1', unionid: 'u1' },
    event: { a: 1, userInfo: { openId: 'o1', appId: 'wx1' } },
    variables: { WX_OPENID: 'o1', WX_APPID: 'wx1', WX_UNIONID: 'u1', TCB_SOURCE: 'wx_client' },
  },
  {
    who: 'a web login',
    identity: { uid: 'w1' },
    event: { a: 1 },
    variables: { TCB_UUID: 'w1', TCB_SOURCE: 'tcb_web' },
  },
  { who: 'a server', identity: {}, event: { a: 1 }, variables: { TCB_SOURCE: 'scf' } },
]
const clientNames = ['WX_OPENID', 'WX_APPID', 'WX_UNIONID', 'TCB_UUID', 'TRIGGER_SRC', 'TCB_SOURCE']

for (const { who, identity, event, variables } of callers)
  test(`${who} is known by the context of the call`, async () => {
    const seen = v.parse(seenSchema, await echo.host.invoke('echo', { a: 1 }, identity))
    assert.deepEqual(seen.event, event)
    const { environment } = seen.context
    assert.deepEqual(
      Object.fromEntries(Object.entries(environment).filter(([name]) => clientNames.includes(name))),
      variables,
    )
    assert.equal(seen.context.function_name, 'echo')
    assert.equal(seen.context.time_limit_in_ms, 1000)
  })

test('what a caller puts into userInfo is overwritten', async () => {
  const forged = { userInfo: { openId: 'o2' } }
  const seen = v.parse(seenSchema, await echo.host.invoke('echo', forged, { openid: 'o1', appid: 'wx1' }))
  assert.deepEqual(seen.event, { userInfo: { openId: 'o1', appId: 'wx1' } })
})

test('process.env of a reused instance still holds the caller before, which is why nobody may read it there', async () => {
  await echo.host.invoke('echo', {}, { openid: 'o9' })
  assert.equal(await echo.host.invoke('echo', { do: 'variable', name: 'WX_OPENID' }), 'o9')
})

test('a timer is told by its event and by the context', async () => {
  const seen = v.parse(seenSchema, await echo.host.fireTimer('echo'))
  const { Time: time, ...event } = seen.event
  assert.deepEqual(event, { Type: 'Timer', TriggerName: 'everyMinute', Message: '' })
  assert.match(String(time), /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  assert.equal(seen.context.environment.TRIGGER_SRC, 'timer')
  assert.equal(seen.context.environment.WX_OPENID, undefined)
  await assert.rejects(echo.host.fireTimer('store'), { code: 'FUNCTION_NOT_FOUND' })
})
