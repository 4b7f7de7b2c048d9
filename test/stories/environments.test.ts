import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { confirm, inviteFor, newMerchant, openInvite } from '../fixtures/authorizations.ts'
import { authorizeMerchant, openBrowser } from '../fixtures/merchant.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { postSealed, postSigned, ticketFields } from '../fixtures/pushes.ts'

/* Two environments of one platform with the same keys. The second is configured as the other kind of HTTP access. */
let one: LocalPlatform
let two: LocalPlatform
before(async () => {
  one = await startPlatform({ wechat: { pushRetries: 0 }, host: { bodyEncoding: 'text' } })
  const keys = one.env['SEAL_KEYS'] ?? ''
  two = await startPlatform({
    wechat: { pushRetries: 0 },
    env: { SEAL_KEYS: keys },
    host: { pathTransmission: 'stripped', bodyEncoding: 'base64' },
  })
})
after(() => Promise.all([one.close(), two.close()]))

test('paths whole or without their prefix, bodies as text or base64: everything works', async () => {
  const now = Math.floor(Date.now() / 1000)
  for (const [n, platform] of [one, two].entries()) {
    const { url } = platform.host
    const component = `${url}/wechat/component`
    assert.equal((await postSealed(component, ticketFields(`ticket@@@a${n}`, now))).body, 'success')
    assert.equal((await postSigned(component, ticketFields(`ticket@@@b${n}`, now))).body, 'success')
    const message = { ToUserName: 'gh_x', FromUserName: 'o', CreateTime: '1', MsgType: 'text', Content: '你好 é' }
    for (const answer of [
      await postSealed(`${url}/wechat/message/wxany0000000000`, message),
      await postSigned(`${url}/wechat/message/wxany0000000000`, message),
      await postSealed(`${url}/wechat/message/wxany0000000000/`, message),
    ])
      assert.equal(answer.body, 'success')
    const { items } = await platform.tell('events.list', { appid: 'wxany0000000000' })
    const list: readonly { fields: object }[] = Object(items)
    assert.deepEqual(
      list.map(({ fields }) => fields),
      [message],
    )
    assert.equal((await postSealed(`${url}/wechat/message`, message)).status, 403)
    const appid = await newMerchant(platform)
    const { callback } = await authorizeMerchant(platform, { businessId: 'b', appid })
    assert.equal(callback.status, 200)
    assert.equal((await platform.tell('bindings.get', { businessId: 'b' }))['appid'], appid)
    const { key } = await platform.tell('apiKeys.create', { name: 'k', role: 'viewer' })
    const response = await fetch(`${url}/api/v1/bindings.get`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(key)}`, 'content-type': 'application/json' },
      body: JSON.stringify({ businessId: 'b' }),
    })
    assert.equal(Object(await response.json()).data.appid, appid)
  }
})

test('what another environment signed is refused without a read, though the keys are the same', async () => {
  const browser = openBrowser()
  await browser.get(await inviteFor(one, 'mine'))
  const foreign = await openInvite(await inviteFor(two, 'theirs'), browser)
  const confirmed = await confirm(two, foreign, await newMerchant(two))
  const moved = (url: string): string => url.replace(two.host.url, one.host.url)
  one.host.database.faults.resetCounts()
  await one.wechat.control.resetCalls()
  assert.equal((await browser.get(moved(confirmed.redirectUrl))).status, 400)
  assert.equal((await browser.get(moved(await inviteFor(two, 'theirs')))).status, 400)
  assert.deepEqual(one.host.database.faults.counts(), {})
  assert.deepEqual(await one.wechat.control.callCounts(), {})
  // At home it is good.
  assert.equal((await browser.get(confirmed.redirectUrl)).status, 200)
})
