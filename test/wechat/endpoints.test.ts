import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { test } from 'node:test'
import * as v from 'valibot'
import type { WechatClient } from '../../shared/wechat/client.ts'
import { listEndpoints } from '../../shared/wechat/endpoints/all.ts'
import { audits } from '../../shared/wechat/endpoints/audits.ts'
import { authorizers } from '../../shared/wechat/endpoints/authorizers.ts'
import { code } from '../../shared/wechat/endpoints/code.ts'
import type { LazySchema } from '../../shared/wechat/endpoints/endpoint.ts'
import { releases } from '../../shared/wechat/endpoints/releases.ts'
import { tokens } from '../../shared/wechat/endpoints/tokens.ts'
import { isApiPath } from '../../shared/wechat/transport.ts'

const read = (lazy: LazySchema, reply: unknown): unknown => v.parse(lazy(), reply)

test('every documented endpoint that concerns mini programs has a row', () => {
  const expected = `
    POST /cgi-bin/component/api_start_push_ticket
    POST /cgi-bin/component/api_component_token
    POST /cgi-bin/component/api_create_preauthcode
    POST /cgi-bin/component/api_query_auth
    POST /cgi-bin/component/api_authorizer_token
    POST /cgi-bin/component/api_get_authorizer_info
    POST /cgi-bin/component/api_get_authorizer_list
    POST /cgi-bin/component/get_authorizer_option
    POST /cgi-bin/component/set_authorizer_option
    GET /sns/component/jscode2session
    POST /cgi-bin/clear_quota
    POST /cgi-bin/openapi/quota/get
    POST /cgi-bin/openapi/rid/get
    GET /cgi-bin/getcallbackip
    GET /cgi-bin/get_api_domain_ip
    GET /wxa/gettemplatedraftlist
    POST /wxa/addtotemplate
    GET /wxa/gettemplatelist
    POST /wxa/deletetemplate
    POST /wxa/commit
    GET /wxa/get_qrcode
    GET /wxa/get_page
    GET /wxa/get_category
    GET /wxa/security/get_code_privacy_info
    POST /wxa/getversioninfo
    POST /wxa/uploadmedia
    POST /cgi-bin/media/upload
    POST /wxa/submit_audit
    POST /wxa/get_auditstatus
    GET /wxa/get_latest_auditstatus
    GET /wxa/undocodeaudit
    POST /wxa/speedupaudit
    GET /wxa/queryquota
    POST /cgi-bin/material/get_material
    POST /wxa/release
    GET /wxa/revertcoderelease
    POST /wxa/grayrelease
    GET /wxa/getgrayreleaseplan
    GET /wxa/revertgrayrelease
    POST /wxa/change_visitstatus
    POST /wxa/getvisitstatus
    POST /cgi-bin/wxopen/getweappsupportversion
    POST /cgi-bin/wxopen/setweappsupportversion
    POST /cgi-bin/component/modify_wxa_server_domain
    POST /cgi-bin/component/modify_wxa_jump_domain
    POST /cgi-bin/component/get_domain_confirmfile
    POST /wxa/modify_domain
    POST /wxa/modify_domain_directly
    POST /wxa/setwebviewdomain
    POST /wxa/setwebviewdomain_directly
    POST /wxa/get_webviewdomain_confirmfile
    POST /wxa/get_effective_domain
    POST /wxa/get_effective_webviewdomain
    GET /wxa/get_prefetchdnsdomain
    POST /wxa/set_prefetchdnsdomain
    POST /cgi-bin/component/setprivacysetting
    POST /cgi-bin/component/getprivacysetting
    POST /cgi-bin/component/uploadprivacyextfile
    POST /wxa/security/apply_privacy_interface
    GET /wxa/security/get_privacy_interface
    POST /cgi-bin/account/getaccountbasicinfo
    POST /wxa/setnickname
    POST /wxa/api_wxa_querynickname
    POST /cgi-bin/wxverify/checkwxverifynickname
    POST /cgi-bin/account/modifyheadimage
    POST /cgi-bin/account/modifysignature
    GET /wxa/getwxasearchstatus
    POST /wxa/changewxasearchstatus
    POST /wxa/fetchdatasetting
    GET /cgi-bin/wxopen/getallcategories
    GET /cgi-bin/wxopen/getcategory
    POST /cgi-bin/wxopen/getcategoriesbytype
    POST /cgi-bin/wxopen/addcategory
    POST /cgi-bin/wxopen/deletecategory
    POST /cgi-bin/wxopen/modifycategory
    POST /wxa/bind_tester
    POST /wxa/unbind_tester
    POST /wxa/memberauth
    POST /wxa/plugin
    GET /wxa/getshowwxaitem
    GET /wxa/getwxamplinkforshow
    POST /wxa/updateshowwxaitem
    POST /wxa/security/applysetorderpathinfo
    POST /wxa/security/getorderpathinfo
    POST /cgi-bin/open/create
    POST /cgi-bin/open/bind
    POST /cgi-bin/open/unbind
    POST /cgi-bin/open/get
    GET /cgi-bin/open/have
    GET /cgi-bin/open/sameentity
    POST /wxa/component/fastregisterenterpriseweapp
    POST /wxa/component/fastregisterpersonalweapp
    POST /wxa/component/fastregisterbetaweapp
    POST /wxa/verifybetaweapp
    POST /wxa/setbetaweappnickname
    POST /cgi-bin/account/componentrebindadmin
    POST /cgi-bin/message/custom/send
    POST /tcb/setcallbackconfig
    POST /wxa/getillegalrecords
    POST /wxa/getappealrecords`
  const there = new Set(listEndpoints().map(([, { method, path }]) => `${method} ${path}`))
  const missing = expected
    .trim()
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => !there.has(line))
  assert.deepEqual(missing, [])
})

test('every row can be called', () => {
  for (const [name, row] of listEndpoints()) {
    assert.ok(isApiPath(row.path), name)
    assert.match(row.title.en, /^[A-Z]/, name)
    assert.match(row.title.zh, /\p{Script=Han}/u, name)
    assert.match(row.link, /^https:\/\/developers\.weixin\.qq\.com\/(?:doc|miniprogram)\//, name)
    if (row.method === 'GET') assert.equal(row.body, undefined, name)
    if (row.part !== undefined) assert.equal(row.method, 'POST', name)
    for (const schema of [row.query, row.body, row.reply === 'binary' ? undefined : row.reply])
      if (schema) assert.equal(schema().kind, 'schema', name)
  }
})

test('the parameter that carries the token', () => {
  for (const [name, row] of listEndpoints()) {
    const old = row.token === 'component' && /^\/(?:cgi-bin|sns)\/component\//.test(row.path)
    assert.equal(row.tokenParameter, old ? 'component_access_token' : 'access_token', name)
  }
})

test('what consumes something is never repeated by itself', () => {
  const rows = [
    tokens.queryAuth,
    tokens.authorizerToken,
    tokens.componentToken,
    code.commit,
    audits.submit,
    releases.release,
    releases.rollback,
  ]
  assert.deepEqual(
    rows.map((row) => row.repeat),
    ['never', 'readBack', 'readBack', 'readBack', 'readBack', 'readBack', 'readBack'],
  )
})

test('a number sent as text is a number', () => {
  assert.deepEqual(read(tokens.componentToken.reply, { component_access_token: 't', expires_in: '7200' }), {
    component_access_token: 't',
    expires_in: 7200,
  })
  assert.deepEqual(read(audits.submit.reply, { errcode: 0, auditid: '1234567' }), { errcode: 0, auditid: 1234567 })
  assert.deepEqual(read(audits.status.reply, { status: '1', reason: 'x' }), { status: 1, reason: 'x' })
})

test('an answer that lacks what we rely on is refused', () => {
  const rows: [LazySchema, unknown][] = [
    [tokens.componentToken.reply, {}],
    [tokens.componentToken.reply, { component_access_token: '', expires_in: 7200 }],
    [tokens.componentToken.reply, { component_access_token: 't', expires_in: 0 }],
    [tokens.componentToken.reply, { component_access_token: 't', expires_in: '2h' }],
    [tokens.queryAuth.reply, {}],
    [tokens.queryAuth.reply, { authorization_info: { authorizer_access_token: 't', authorizer_refresh_token: 't' } }],
    [authorizers.info.reply, { authorization_info: { authorizer_appid: 'wx1' } }],
    [authorizers.info.reply, { authorizer_info: {}, authorization_info: {} }],
    [tokens.authorizerToken.reply, { authorizer_access_token: 't' }],
    [authorizers.list.reply, { list: [] }],
    [authorizers.list.reply, { total_count: 0 }],
    [audits.submit.reply, { auditid: 1.5 }],
    [audits.status.reply, {}],
    [code.pages.reply, {}],
  ]
  for (const [reply, answer] of rows) assert.throws(() => read(reply, answer), v.ValiError, JSON.stringify(answer))
})

test('a token lives two hours at most, whatever the answer says', () => {
  const reply = { component_access_token: 't', expires_in: 99_999 }
  assert.deepEqual(read(tokens.componentToken.reply, reply), { component_access_token: 't', expires_in: 7200 })
})

test('an account without permission to call APIs gets no tokens, in any spelling of none', () => {
  for (const none of [{}, { authorizer_access_token: '', authorizer_refresh_token: '' }])
    assert.deepEqual(read(tokens.queryAuth.reply, { authorization_info: { authorizer_appid: 'wx1', ...none } }), {
      authorization_info: { authorizer_appid: 'wx1', func_info: [], ...none },
    })
  const nulls = { authorizer_access_token: null, authorizer_refresh_token: null, expires_in: null, func_info: null }
  assert.deepEqual(read(tokens.queryAuth.reply, { authorization_info: { authorizer_appid: 'wx1', ...nulls } }), {
    authorization_info: {
      authorizer_appid: 'wx1',
      authorizer_access_token: undefined,
      authorizer_refresh_token: undefined,
      expires_in: undefined,
      func_info: [],
    },
  })
})

test('fields that go by several names', () => {
  for (const name of ['screenshot', 'ScreenShot'])
    assert.match(
      JSON.stringify(read(audits.latest.reply, { auditid: 1, status: 1, [name]: 'a|b' })),
      /"screenshot":"a\|b"/,
    )
  for (const name of ['mediaid', 'media_id'])
    assert.match(JSON.stringify(read(audits.uploadMedia.reply, { type: 'image', [name]: 'm' })), /"mediaid":"m"/)
  for (const name of ['authorizer_appid', 'authorization_appid', 'appid'])
    assert.match(
      JSON.stringify(read(authorizers.info.reply, { authorizer_info: {}, authorization_info: { [name]: 'wx1' } })),
      /"authorizer_appid":"wx1"/,
    )
})

test('what we do not rely on passes through, null and all', () => {
  const reply = { errcode: 0, errmsg: 'ok', other: null, surprise: { a: [1] } }
  assert.deepEqual(read(code.versions.reply, reply), reply)
})

test('a subject does not bring the others along', () => {
  for (const subject of ['tokens', 'templates', 'code', 'audits', 'releases', 'domains', 'privacy']) {
    const source = readFileSync(new URL(`../../shared/wechat/endpoints/${subject}.ts`, import.meta.url), 'utf8')
    const imports = [...source.matchAll(/from '\.\/([\w-]+)\.ts'/g)].map(([, name]) => name)
    assert.deepEqual(
      imports.filter((name) => name !== 'endpoint' && name !== 'shapes' && name !== 'authorizers'),
      [],
      subject,
    )
  }
})

/** Never called: each line that is marked must fail to compile. */
export const wrongCalls = (wechat: WechatClient) => [
  wechat.send(code.commit, { token: 't', body: { template_id: 1, ext_json: '{}', user_version: '1', user_desc: '' } }),
  // @ts-expect-error ext_json is text
  wechat.send(code.commit, { token: 't', body: { template_id: 1, ext_json: {}, user_version: '1', user_desc: '' } }),
  // @ts-expect-error a body is needed
  wechat.send(code.commit, { token: 't' }),
  // @ts-expect-error a field too many
  wechat.send(tokens.preAuthCode, { token: 't', body: { component_appid: 'wx1', appid: 'wx1' } }),
  // @ts-expect-error this row has no body
  wechat.send(releases.release, { token: 't', body: {} }),
  // @ts-expect-error no such row
  wechat.send(releases.publish, { token: 't' }),
  wechat.send(releases.rollback, { token: 't' }),
  // @ts-expect-error the query is fixed
  wechat.send(releases.history, { token: 't', query: { action: 'all' } }),
  // @ts-expect-error a file is needed
  wechat.send(audits.uploadMedia, { token: 't' }),
  wechat.send(audits.submit, { token: 't', body: { item_list: [] } }).then((reply): number => reply.auditid),
  // @ts-expect-error auditid is a number
  wechat.send(audits.submit, { token: 't', body: { item_list: [] } }).then((reply): string => reply.auditid),
  wechat.send(code.trialQrCode, { token: 't' }).then((reply): Buffer => reply.bytes),
]
