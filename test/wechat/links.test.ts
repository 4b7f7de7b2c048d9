import assert from 'node:assert/strict'
import { test } from 'node:test'
import { authorizationLinks } from '../../shared/wechat/links.ts'

const request = {
  componentAppid: 'wx1',
  preAuthCode: 'preauthcode@@@a b',
  redirectUri: 'https://m.example.cn/auth/callback/s?x=1&y=2',
  accountType: 'miniprogram',
} as const

test('a computer and a phone get different pages with the same request', () => {
  const links = authorizationLinks(request)
  const parameters =
    'component_appid=wx1&pre_auth_code=preauthcode%40%40%40a%20b&redirect_uri=https%3A%2F%2Fm.example.cn%2Fauth%2Fcallback%2Fs%3Fx%3D1%26y%3D2&auth_type=2'
  assert.equal(links.computer, `https://mp.weixin.qq.com/cgi-bin/componentloginpage?${parameters}`)
  assert.equal(
    links.phone,
    `https://open.weixin.qq.com/wxaopen/safe/bindcomponent?action=bindcomponent&no_scan=1&${parameters}#wechat_redirect`,
  )
})

test('the kind of account, or one account: never both', () => {
  const rows = [
    [{ accountType: 'official' }, '1', null],
    [{ accountType: 'miniprogram' }, '2', null],
    [{ accountType: 'any' }, '3', null],
    [{ accountType: 'any', bizAppid: 'wx9' }, null, 'wx9'],
  ] as const
  for (const [change, authType, bizAppid] of rows) {
    for (const link of Object.values(authorizationLinks({ ...request, ...change }))) {
      const query = new URL(link).searchParams
      assert.equal(query.get('auth_type'), authType)
      assert.equal(query.get('biz_appid'), bizAppid)
    }
  }
})

test('another origin for local use', () => {
  const links = authorizationLinks({ ...request, pageBase: 'http://127.0.0.1:9/' })
  assert.match(links.computer, /^http:\/\/127\.0\.0\.1:9\/cgi-bin\/componentloginpage\?/)
  assert.match(links.phone, /^http:\/\/127\.0\.0\.1:9\/wxaopen\/safe\/bindcomponent\?/)
})
