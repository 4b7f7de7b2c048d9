import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { listErrcodes } from '../../shared/words/errcodes.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { makeTemplate, openShop, refusalOf } from '../fixtures/shop.ts'
import { sampleReplies } from '../fixtures/wechat-replies.ts'

let platform: LocalPlatform
let appid: string
let templateId: number
before(async () => {
  platform = await startPlatform()
  templateId = await makeTemplate(platform)
  appid = await openShop(platform)
  // A sample names the account of its page.
  for (const [path, body] of Object.entries(sampleReplies))
    await platform.wechat.control.addFault({
      path,
      appid,
      body: JSON.stringify({ ...body, ...('appid' in body && { appid }) }),
    })
})
after(() => platform.close())

test("a version on its way, with WeChat's answers as they are documented", async () => {
  const committed = await platform.tell('releases.commit', { appid, templateId, version: '1.0.0', description: '新版' })
  assert.equal(committed['state'], 'committed')
  assert.deepEqual(await platform.tell('releases.pages', { appid }), { pages: ['index', 'page/list', 'page/detail'] })
  const submitted = await platform.tell('releases.submit', { appid })
  assert.deepEqual([submitted['state'], submitted['auditId']], ['auditing', 1_234_567])
  const [sent] = (await platform.wechat.control.calls()).filter((call) => call.path === '/wxa/submit_audit')
  assert.deepEqual(Object(sent?.body).item_list, [
    { address: 'index', first_class: '工具', second_class: '备忘录', first_id: 1, second_id: 2 },
  ])
  const rejected = await platform.tell('releases.status', { appid })
  assert.deepEqual([rejected['state'], rejected['screenshots']], ['rejected', ['mediaid1', 'mediaid2']])
  assert.equal(
    rejected['reason'],
    '1:账号信息不符合规范:\n(1):包含色情因素\n2:服务类目"金融业-保险_"与你提交代码审核时设置的功能页面内容不一致:',
  )
})

test('what is read is passed on, our spelling at the top and theirs inside', async () => {
  const rows: [string, object, object][] = [
    ['releases.quota', {}, { rest: 0, limit: 100, speedupRest: 0, speedupLimit: 1 }],
    ['releases.categories', {}, { categories: Object(sampleReplies['/wxa/get_category']).category_list }],
    ['releases.history', {}, { items: Object(sampleReplies['/wxa/revertcoderelease']).version_list }],
    ['releases.getGray', {}, { grayReleasePlan: Object(sampleReplies['/wxa/getgrayreleaseplan']).gray_release_plan }],
    ['miniprograms.listTesters', {}, { items: Object(sampleReplies['/wxa/memberauth']).members }],
    ['miniprograms.login', { jsCode: 'code' }, { openid: 'OPENID', sessionKey: 'SESSIONKEY' }],
  ]
  for (const [operation, input, expected] of rows)
    assert.deepEqual(await platform.tell(operation, { appid, ...input }), expected, operation)
  const privacy = await platform.tell('miniprograms.getPrivacy', { appid })
  assert.deepEqual([privacy['missing'], privacy['codeExist'], privacy['updateTime']], [['Location'], 1, 1_634_213_567])
  const info = await platform.tell('miniprograms.info', { appid })
  assert.deepEqual([info['principalName'], info['visible']], ['深圳市腾讯计算机系统有限公司', true])
  const levels = await platform.tell('miniprograms.setServerDomains', { appid, action: 'get' })
  assert.deepEqual(Object(levels['thirdDomain']).requestdomain, ['https://b.example.com'])
})

test('message and hint of what WeChat refuses come from the catalogue, in the language asked for', async () => {
  const { control } = platform.wechat
  await control.clearFaults()
  const rows = listErrcodes().filter(({ first, move }) => first > 0 && move !== 'token')
  const ownWords = new Set(['VERSION_UNDER_REVIEW', 'REVIEW_QUOTA_USED_UP', 'ADDRESS_NOT_ALLOWED'])
  const some = rows.filter((_, index) => index % 12 === 0)
  assert.ok(some.length > 15)
  for (const { first, meaning, cure } of some) {
    await control.addFault({ path: '/wxa/get_page', appid, errcode: first, times: 1 })
    const { code, reason, message, hint, wechat } = refusalOf(await platform.ask('releases.pages', { appid }))
    assert.deepEqual([wechat?.errcode, wechat?.path], [first, '/wxa/get_page'])
    assert.match(wechat?.errmsg ?? '', /rid: /)
    if (code === 'REAUTHORIZATION_REQUIRED') continue
    if (ownWords.has(reason)) continue
    assert.deepEqual([message, hint], [`${meaning.zh}（${first}）`, cure.zh])
  }
  await control.addFault({ path: '/wxa/get_page', appid, errcode: -1 })
  const busy = refusalOf(await platform.ask('releases.pages', { appid }))
  assert.deepEqual([busy.code, busy.message, busy.wechat?.errcode], ['WECHAT_UNAVAILABLE', '微信系统繁忙', -1])
  await control.clearFaults()
  await control.addFault({ path: '/wxa/get_page', appid, errcode: 80_060, times: 1 })
  const unknown = refusalOf(await platform.ask('releases.pages', { appid }))
  assert.equal(unknown.code, 'WECHAT_REJECTED')
  assert.match(unknown.message, /80060/)
  assert.match(unknown.hint ?? '', /errmsg/)
})
