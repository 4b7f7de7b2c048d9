import assert from 'node:assert/strict'
import { test } from 'node:test'
import { number, openPlatform, receivePushes } from './wechat.ts'

const items = [
  { first_class: '工具', second_class: '办公', first_id: 287, second_id: 619, address: 'pages/index/index' },
]

void test('a merchant authorizes, gets code, passes the audit, goes live, and every step was pushed', async (t) => {
  const platform = await receivePushes(t)
  const { eventUrl, messageUrl } = platform
  const { control, post, get, ask, componentToken, authorizeMerchant } = await openPlatform(t, { eventUrl, messageUrl })
  const component = await componentToken()
  const { appid, accessToken } = await authorizeMerchant(component)

  const { draftId } = await control.createDraft({ userVersion: '1.0.0' })
  assert.equal((await post('/wxa/addtotemplate', component, { draft_id: draftId })).errcode, 0)
  const list = await get('/wxa/gettemplatelist', component)
  assert.match(JSON.stringify(list), /"template_id":1,/)

  const commit = {
    template_id: 1,
    user_version: '1.0.0',
    user_desc: '首发',
    ext_json: JSON.stringify({ extAppid: appid }),
  }
  assert.equal((await post('/wxa/commit', accessToken, commit)).errcode, 0)
  assert.equal((await post('/wxa/submit_audit', accessToken, { item_list: items })).errcode, 61039)
  await control.finishScan({ appid })
  const auditid = number(await post('/wxa/submit_audit', accessToken, { item_list: items }), 'auditid')
  assert.equal((await post('/wxa/submit_audit', accessToken, { item_list: items })).errcode, 85009)
  assert.equal((await post('/wxa/release', accessToken)).errcode, 85020)

  await control.passAudit({ appid })
  assert.equal((await post('/wxa/get_auditstatus', accessToken, { auditid })).status, 0)
  assert.equal((await post('/wxa/release', accessToken)).errcode, 0)
  assert.equal((await post('/wxa/release', accessToken)).errcode, 85052)
  const versions = await post('/wxa/getversioninfo', accessToken)
  assert.match(JSON.stringify(versions), /"release_version":"1.0.0"/)

  const qrCode = await ask(`/wxa/get_qrcode?access_token=${accessToken}`)
  assert.equal(qrCode.headers.get('content-type'), 'image/jpeg')
  assert.deepEqual([...new Uint8Array(await qrCode.arrayBuffer()).slice(0, 3)], [0xff, 0xd8, 0xff])

  const [ticket, authorized, passed] = platform.received
  assert.equal(ticket?.path, '/wechat/component')
  assert.match(ticket?.message ?? '', /<InfoType><!\[CDATA\[component_verify_ticket\]\]><\/InfoType>/)
  assert.match(authorized?.message ?? '', new RegExp(`<AuthorizerAppid><!\\[CDATA\\[${appid}\\]\\]>`))
  assert.equal(passed?.path, `/wechat/message/${appid}`)
  assert.match(passed?.message ?? '', /weapp_audit_success/)
  assert.notEqual(passed?.query.get('openid'), null)
  assert.deepEqual(
    (await control.pushes()).map(({ state }) => state),
    ['delivered', 'delivered', 'delivered'],
  )
})
