import assert from 'node:assert/strict'
import { test } from 'node:test'
import { COMPONENT, assertHas, openPlatform, text } from './wechat.ts'

void test('two component tokens overlap for five minutes, both spellings of the parameter work', async (t) => {
  const { control, post, ask, componentToken } = await openPlatform(t)
  const first = await componentToken()
  const second = await componentToken()
  const preAuth = async (token: string) =>
    (await post('/cgi-bin/component/api_create_preauthcode', token, { component_appid: COMPONENT })).errcode
  assert.equal(await preAuth(first), undefined)
  const body = JSON.stringify({ component_appid: COMPONENT })
  const older = await ask(`/cgi-bin/component/api_create_preauthcode?component_access_token=${second}`, {
    method: 'POST',
    body,
  })
  assert.match(await older.text(), /^\{"pre_auth_code":"preauthcode@@@[^"]+","expires_in":1800\}$/)
  await control.advanceTime({ seconds: 300 })
  assert.equal(await preAuth(first), 40001)
  assert.equal(await preAuth(second), undefined)
  await control.advanceTime({ seconds: 7200 })
  assert.equal(await preAuth(second), 42001)
})

const rotations = [
  { mode: 'stay', same: true, oldNow: undefined, oldLater: undefined },
  { mode: 'rotateWithGrace', same: false, oldNow: undefined, oldLater: 61023 },
  { mode: 'rotateAtOnce', same: false, oldNow: 61023, oldLater: 61023 },
] as const

for (const { mode, same, oldNow, oldLater } of rotations) {
  void test(`refresh tokens that ${mode}`, async (t) => {
    const { control, post, componentToken, authorizeMerchant, refresh } = await openPlatform(t, { refreshTokens: mode })
    const component = await componentToken()
    const { appid, refreshToken } = await authorizeMerchant(component)
    const renewed = await refresh(component, appid, refreshToken)
    assert.equal(renewed.authorizer_refresh_token === refreshToken, same)
    assert.equal((await refresh(component, appid, refreshToken)).errcode, oldNow)
    await control.advanceTime({ seconds: 301 })
    assert.equal((await refresh(component, appid, refreshToken)).errcode, oldLater)

    const listed = await post('/cgi-bin/component/api_get_authorizer_list', component, {
      component_appid: COMPONENT,
      offset: 0,
      count: 500,
    })
    const [row] = Array.isArray(listed.list) ? listed.list : []
    assert.equal((await refresh(component, appid, text(row, 'refresh_token'))).errcode, undefined)
  })
}

void test('codes: used, expired, of a withdrawn authorization, a pre-auth code by mistake', async (t) => {
  const { control, componentToken, queryAuth } = await openPlatform(t)
  const component = await componentToken()
  const { appid } = await control.createMerchant({})
  const authorize = async () => control.authorize({ preAuthCode: (await control.createPreAuthCode()).value, appid })

  const used = await authorize()
  assert.equal(used.push?.kind, 'authorized')
  assert.equal((await queryAuth(component, used.authCode)).errcode, undefined)
  assert.equal((await queryAuth(component, used.authCode)).errcode, 61009)
  assert.equal((await queryAuth(component, (await control.createPreAuthCode()).value)).errcode, 61009)
  const again = await authorize()
  assert.equal(again.push, undefined, 'the sets did not change, so WeChat pushes nothing')
  await control.advanceTime({ seconds: 3600 })
  const fresh = await componentToken()
  assert.equal((await queryAuth(fresh, again.authCode)).errcode, 61010)
  const withdrawn = await authorize()
  await control.unauthorize({ appid })
  assert.equal((await queryAuth(fresh, withdrawn.authCode)).errcode, 61003)
  await authorize()
  assert.equal((await queryAuth(fresh, withdrawn.authCode)).errcode, 61009)
})

void test('codes that are two, and reusable', async (t) => {
  const { control, componentToken, queryAuth } = await openPlatform(t, { samePushCode: false, codes: 'reusable' })
  const component = await componentToken()
  const { appid } = await control.createMerchant({})
  const preAuthCode = (await control.createPreAuthCode()).value
  const { authCode, pushCode } = await control.authorize({ preAuthCode, appid })
  assert.notEqual(authCode, pushCode)
  for (const code of [authCode, pushCode, authCode]) {
    assert.equal((await queryAuth(component, code)).errcode, undefined)
  }
  await assert.rejects(control.authorize({ preAuthCode, appid }), /pre_auth_code 已被使用/)
})

void test('the list has pages, and no refresh token where none was ever exchanged', async (t) => {
  const { control, post, componentToken } = await openPlatform(t)
  const component = await componentToken()
  await control.createMerchants({ count: 3, granted: true })
  const { appid } = await control.createMerchant({})
  await control.grantQuietly({ appid, exchanged: false })
  const page = (offset: number, count: number) =>
    post('/cgi-bin/component/api_get_authorizer_list', component, { component_appid: COMPONENT, offset, count })
  assert.equal((await page(0, 501)).errcode, 40170)
  const last = await page(2, 2)
  assert.equal(last.total_count, 4)
  assert.match(
    JSON.stringify(last.list),
    new RegExp(
      `^\\[\\{.*"refresh_token":"refreshtoken@@@.*\\},\\{"authorizer_appid":"${appid}","refresh_token":"","auth_time":\\d+\\}\\]$`,
    ),
  )
  const missing = { component_appid: COMPONENT, authorizer_appid: 'wxnobody' }
  assert.equal((await post('/cgi-bin/component/api_get_authorizer_info', component, missing)).errcode, 61003)
})

void test('a refresh token that was killed: the list repairs it, or nothing does', async (t) => {
  const { control, componentToken, authorizeMerchant, refresh, post } = await openPlatform(t)
  const component = await componentToken()
  const listedFor = async (listed: 'fresh' | 'dead' | 'empty') => {
    const { appid, refreshToken } = await authorizeMerchant(component)
    await control.killRefreshToken({ appid, listed })
    assert.equal((await refresh(component, appid, refreshToken)).errcode, 61023)
    const { authorization_info: info } = await post('/cgi-bin/component/api_get_authorizer_info', component, {
      component_appid: COMPONENT,
      authorizer_appid: appid,
    })
    assert.ok(typeof info === 'object' && info !== null && 'authorizer_refresh_token' in info)
    return (await refresh(component, appid, String(info.authorizer_refresh_token))).errcode
  }
  assert.equal(await listedFor('fresh'), undefined)
  assert.equal(await listedFor('dead'), 61023)
  assert.equal(await listedFor('empty'), 61023)
})

void test('小程序登录: a code works once, for its own mini program', async (t) => {
  const { control, componentToken, authorizeMerchant, ask } = await openPlatform(t)
  const component = await componentToken()
  const { appid } = await authorizeMerchant(component)
  const { jsCode, openid } = await control.issueLoginCode({ appid })
  const login = async (code: string, account = appid) =>
    (
      await ask(
        `/sns/component/jscode2session?appid=${account}&js_code=${code}&grant_type=authorization_code&component_appid=${COMPONENT}&component_access_token=${component}`,
      )
    ).json()
  assertHas(await login(jsCode, 'wxnobody'), { errcode: 61003 })
  assertHas(await login(jsCode), { openid })
  assertHas(await login(jsCode), { errcode: 40029 })
})
