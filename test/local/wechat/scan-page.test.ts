import assert from 'node:assert/strict'
import { test } from 'node:test'
import { between, openPlatform, receivePushes } from './wechat.ts'

const REDIRECT = 'https://shop.example.com/auth/callback/state?from=wx'
const REFERER = 'https://shop.example.com/auth/start'

void test('a merchant ticks permission sets, confirms, and is sent back with a code while the push goes out', async (t) => {
  const platform = await receivePushes(t)
  const { control, ask, componentToken, queryAuth } = await openPlatform(t, { eventUrl: platform.eventUrl })
  const component = await componentToken()
  const { appid } = await control.createMerchant({ nickName: '王记<面馆>' })
  await control.createMerchant({ nickName: '公众号商户', accountType: 'officialAccount' })
  const preAuthCode = (await control.createPreAuthCode()).value
  const query = new URLSearchParams({
    component_appid: 'wx0000000000000c01',
    pre_auth_code: preAuthCode,
    redirect_uri: REDIRECT,
    auth_type: '2',
  })
  const open = (path: string, referer: string | undefined) =>
    ask(`${path}?${query.toString()}`, { headers: referer === undefined ? {} : { referer } })

  for (const path of ['/cgi-bin/componentloginpage', '/wxaopen/safe/bindcomponent', '/safe/bindcomponent']) {
    const page = await (await open(path, REFERER)).text()
    assert.match(page, /王记&lt;面馆&gt;/)
    assert.doesNotMatch(page, /公众号商户/)
  }
  const foreign = await (await open('/cgi-bin/componentloginpage', 'https://evil.example.com/')).text()
  assert.match(foreign, /授权入口页所在域名与授权后回调URL的域名不一致/)
  const pasted = await (await open('/cgi-bin/componentloginpage', undefined)).text()
  assert.match(pasted, /授权入口页所在域名：空/)

  const page = await (await open('/cgi-bin/componentloginpage', REFERER)).text()
  const scan = between(page, 'name="scan" value="', '"')
  const submit = (decision: string) => {
    const body = new URLSearchParams({ scan, appid, decision })
    body.append('set', '18')
    body.append('set', '30')
    return ask('/__wechat/pages/authorize', { method: 'POST', body, redirect: 'manual' })
  }
  assert.match(await (await submit('cancel')).text(), /已取消/)
  const confirmed = await submit('confirm')
  assert.equal(confirmed.status, 302)
  const target = new URL(confirmed.headers.get('location') ?? '')
  assert.equal(`${target.origin}${target.pathname}`, 'https://shop.example.com/auth/callback/state')
  assert.equal(target.searchParams.get('from'), 'wx')
  assert.equal(target.searchParams.get('expires_in'), '600')

  await control.settle()
  const push = platform.received.at(-1)?.message ?? ''
  assert.equal(between(push, '<AuthorizerAppid><![CDATA[', ']'), appid)
  assert.equal(between(push, '<PreAuthCode><![CDATA[', ']'), preAuthCode)
  const code = target.searchParams.get('auth_code') ?? ''
  assert.equal(between(push, '<AuthorizationCode><![CDATA[', ']'), code)
  assert.match(JSON.stringify((await queryAuth(component, code)).authorization_info), /"id":18.*"id":30/)

  // Whoever only clicks on connects an account that is not connected yet.
  const { appid: newcomer } = await control.createMerchant({ nickName: '新店' })
  query.set('pre_auth_code', (await control.createPreAuthCode()).value)
  const next = await (await open('/cgi-bin/componentloginpage', REFERER)).text()
  assert.deepEqual(
    [...next.matchAll(/<input\s+type="radio"[^>]*value="(\w+)"[^>]*\schecked/g)].map(([, chosen]) => chosen),
    [newcomer],
  )
  query.set('pre_auth_code', preAuthCode)

  assert.match(await (await submit('confirm')).text(), /pre_auth_code 已被使用/)
  const again = await (await open('/cgi-bin/componentloginpage', REFERER)).text()
  assert.match(again, /pre_auth_code 已被使用/)
})

void test('biz_appid restricts to one account, entryDomain to one host', async (t) => {
  const { control, ask } = await openPlatform(t, { entryDomain: 'shop.example.com' })
  const wanted = await control.createMerchant({ nickName: '这一家', accountType: 'officialAccount' })
  await control.createMerchant({ nickName: '另一家' })
  const open = async (redirect_uri: string, referer: string) => {
    const pre_auth_code = (await control.createPreAuthCode()).value
    const component_appid = 'wx0000000000000c01'
    const query = new URLSearchParams({ component_appid, pre_auth_code, redirect_uri, biz_appid: wanted.appid })
    return (await ask(`/safe/bindcomponent?${query.toString()}`, { headers: { referer } })).text()
  }
  const page = await open(REDIRECT, REFERER)
  assert.match(page, /这一家/)
  assert.doesNotMatch(page, /另一家/)
  assert.match(await open('https://other.example.com/cb', 'https://other.example.com/'), /不一致/)
})

void test('the auditor passes, rejects with a picture, or delays; the index shows it', async (t) => {
  const platform = await receivePushes(t)
  const { control, ask, post, componentToken, authorizeMerchant } = await openPlatform(t, {
    codeScanSeconds: 0,
    messageUrl: platform.messageUrl,
  })
  const { appid, accessToken } = await authorizeMerchant(await componentToken(), { nickName: '李记' })
  const { templateId } = await control.createTemplate({})
  const commit = { template_id: templateId, user_version: '3.2.1', user_desc: '新菜单', ext_json: '{}' }
  const items = [{ first_class: '工具', second_class: '办公', first_id: 287, second_id: 619 }]
  await post('/wxa/commit', accessToken, commit)
  await post('/wxa/submit_audit', accessToken, { item_list: items })

  assert.match(await (await ask('/__wechat/auditor')).text(), /李记 · 3.2.1/)
  assert.match(await (await ask('/__wechat/')).text(), /审核中/)
  const body = new URLSearchParams({ appid, verdict: 'reject', reason: '图片不清晰', screenshot: 'yes' })
  await ask('/__wechat/pages/audit', { method: 'POST', body })
  await control.settle()
  const push = platform.received.at(-1)?.message ?? ''
  assert.match(push, /<Event><!\[CDATA\[weapp_audit_fail\]\]><\/Event>/)
  assert.equal(between(push, '<Reason><![CDATA[', ']'), '图片不清晰')

  const media = { media_id: between(push, '<ScreenShot><![CDATA[', ']') }
  const picture = await ask(`/cgi-bin/material/get_material?access_token=${accessToken}`, {
    method: 'POST',
    body: JSON.stringify(media),
  })
  assert.equal(picture.headers.get('content-type'), 'image/jpeg')
  assert.match(await (await ask('/__wechat/auditor')).text(), /没有待审核的版本/)
})
