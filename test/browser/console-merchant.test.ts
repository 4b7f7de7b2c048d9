import assert from 'node:assert/strict'
import { once } from 'node:events'
import { after, before, test } from 'node:test'
import * as v from 'valibot'
import { scanInvite } from '../../local/demo/scan.ts'
import { ageReading } from '../../local/demo/time-travel.ts'
import { takePicture } from '../fixtures/browser.ts'
import {
  accessProblems,
  confirm,
  lookAgain,
  openConsoleWorld,
  visitConsole,
  type ConsoleWorld,
} from '../fixtures/console.ts'

let world: ConsoleWorld
let appid: string
before(async () => {
  world = await openConsoleWorld()
  appid = await authorize('巷口书屋', 'shop-book')
  await authorize('云边花店', 'shop-flower', [17, 19])
})
after(() => world.close())

const manage = async (operation: string, input: object): Promise<unknown> =>
  world.demo.host.invoke('manage', { operation, input }, { openid: 'demo-owner' })

const authorize = async (nickName: string, businessId: string, sets?: readonly number[]): Promise<string> => {
  const { wechat } = world.demo
  const merchant = await wechat.control.createMerchant({ nickName, principalName: `${nickName}有限公司` })
  const answer = await manage('bindings.createLink', { businessId, attributes: { shopName: nickName } })
  const { data } = v.parse(v.object({ data: v.object({ inviteUrl: v.string() }) }), answer)
  await scanInvite(wechat, data.inviteUrl, { appid: merchant.appid, sets })
  return merchant.appid
}

test('merchants are found by what they are called, and say what they did not grant', async () => {
  const { page, context, errors } = await visitConsole(world, { path: '/merchants' })
  const rows = page.getByRole('table', { name: '商户' }).getByRole('row')
  await rows.filter({ hasText: '云边花店' }).getByText('开发与数据分析 (18)').waitFor()
  await page.getByLabel('搜索商户').fill('书屋')
  await rows.filter({ hasText: '云边花店' }).waitFor({ state: 'detached' })
  assert.match(page.url(), /\?q=%E4%B9%A6%E5%B1%8B$/, 'the search is in the address')
  await page.reload()
  await rows.filter({ hasText: '巷口书屋' }).waitFor()
  await page.getByText('已取消授权', { exact: true }).click()
  await page.getByText('没有符合条件的商户').waitFor()
  await page.getByRole('button', { name: '清除筛选' }).click()
  await rows.filter({ hasText: '云边花店' }).waitFor()
  await page.getByText('邀请中', { exact: true }).click()
  await page.getByText('没有等待授权的邀请').waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('what came from elsewhere is found, told on the page of its merchant, and stands in its timeline', async () => {
  const { wechat, host } = world.demo
  const other = await authorize('他山茶馆', 'shop-other-hand')
  await wechat.control.bringVersion({ appid: other, version: '1.9.0', description: '在微管家里发布' })
  await ageReading(host.database, other)
  const { page, context, errors, go } = await visitConsole(world, { path: `/merchants/${other}` })
  await page.getByText('他处发布').first().waitFor()
  await page.getByText('未知', { exact: true }).first().waitFor()
  await go('/merchants')
  const rows = page.getByRole('table', { name: '商户' }).getByRole('row')
  await rows.filter({ hasText: '巷口书屋' }).waitFor()
  await page.getByLabel('线上版本来源').selectOption({ label: '他处发布' })
  await page.getByText('共 1 家').waitFor()
  await rows.filter({ hasText: '1.9.0 他处发布' }).waitFor()
  await page.getByLabel('线上版本', { exact: true }).selectOption({ label: '早于' })
  await page.getByLabel('版本号').fill('1.9')
  await page.getByText('没有符合条件的商户').waitFor()
  await page.getByLabel('版本号').fill('1.10.0')
  await rows.filter({ hasText: '他山茶馆' }).waitFor()
  assert.match(page.url(), /\?origin=elsewhere&live=liveVersionOlder&version=1\.10\.0$/)
  await page.getByLabel('排序').selectOption({ label: '按名称' })
  await rows.getByRole('link', { name: '他山茶馆' }).click()
  await page.getByRole('link', { name: '经过' }).click()
  const told = page.getByRole('table', { name: '经过' }).getByRole('row')
  await told.filter({ hasText: '上线 1.9.0 他处发布' }).waitFor()
  await told.filter({ hasText: '绑定业务编号' }).filter({ hasText: 'shop-other-hand' }).waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('a comparison with WeChat shows how many accounts are left, and is done when none is', async () => {
  const { page, context, errors } = await visitConsole(world, { path: '/merchants' })
  const asked: unknown[] = []
  const held = new AbortController()
  await page.route('**/api/v1/authorizers.sync', async (route) => {
    asked.push(route.request().postDataJSON())
    if (asked.length > 1) {
      if (!held.signal.aborted) await once(held.signal, 'abort')
      return route.continue({ postData: '{}' })
    }
    const data = { added: 500, updated: 0, revoked: 0, adopted: 500, problems: 0, remaining: 1500, continue: 'pass' }
    return route.fulfill({ json: { ok: true, data } })
  })
  await page.getByRole('button', { name: '与微信核对' }).click()
  const dialog = page.getByRole('dialog')
  await dialog.getByRole('button', { name: '与微信核对' }).click()
  await dialog.getByText('已新增 500 个，还剩 1500 个账号…').waitFor()
  await dialog.getByRole('progressbar', { name: '正在与微信核对' }).waitFor()
  assert.equal(await page.getByText(/核对完成/).count(), 0)
  assert.deepEqual(await accessProblems(page), [])
  await takePicture(page, 'console-sync')
  held.abort()
  await page.getByText('核对完成：新增 500，更新 0，取消 0').waitFor()
  await dialog.waitFor({ state: 'hidden' })
  assert.deepEqual(asked, [{}, { continue: 'pass' }])
  assert.deepEqual(errors, [])
  await context.close()
})

test('domains, privacy and testers of a merchant are looked after without writing JSON', async () => {
  await manage('platform.setServerDomains', { action: 'add', domains: ['api.books.example.com'] })
  const { page, context, errors, go } = await visitConsole(world, { path: `/merchants/${appid}/domains` })
  await page.getByRole('button', { name: 'api.books.example.com' }).click()
  await page.getByRole('button', { name: '保存', exact: true }).first().click()
  await page.getByRole('dialog').getByText('https://api.books.example.com').waitFor()
  await confirm(page, '保存')
  await page.getByText('域名已保存').waitFor()
  assert.equal(await page.getByLabel('request 合法域名').inputValue(), 'https://api.books.example.com')
  await page.getByLabel('request 合法域名').fill('')
  await page.getByRole('button', { name: '保存', exact: true }).first().click()
  await page.getByRole('dialog').getByText('线上版本对这些域名的请求会立即失败').waitFor()
  await takePicture(page, 'console-domains-question')
  await page.getByRole('button', { name: '取消' }).click()
  await page.getByRole('button', { name: '还原' }).click()

  await go(`/merchants/${appid}/privacy`)
  await page.getByText('还没有上传代码').waitFor()
  await page.getByLabel('邮箱').fill('help@books.example.com')
  await page.getByLabel('信息标识 选填').fill('UserInfo')
  await page.getByRole('button', { name: '添加一种信息' }).click()
  await page.getByLabel('UserInfo', { exact: true }).fill('展示头像')
  await page.getByLabel('信息标识 选填').fill('Location')
  await page.getByRole('button', { name: '添加一种信息' }).click()
  await page.getByRole('button', { name: '保存指引' }).click()
  await page.getByText('已保存，但这些信息没有写用途，没有保存：Location').waitFor()
  assert.equal(await page.getByText('隐私保护指引已保存').count(), 0)
  await page.getByLabel('Location', { exact: true }).fill('查找附近的门店')
  await page.getByRole('button', { name: '保存指引' }).click()
  await page.getByText('隐私保护指引已保存').waitFor()

  await go(`/merchants/${appid}/testers`)
  await page.getByText('还没有体验者').waitFor()
  await page.getByLabel('微信号').fill('xiaochen')
  await page.getByRole('button', { name: '添加体验者' }).click()
  await page.getByText('体验者标识').waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('a merchant that withdrew is shown with the way back, and returns by it', async () => {
  const { page, context, errors } = await visitConsole(world, { path: `/merchants/${appid}/access` })
  await page.getByText('授权有效', { exact: true }).waitFor()
  await world.demo.wechat.control.unauthorize({ appid })
  await lookAgain(page)
  await page.getByText('商户已取消授权。').waitFor()
  await page.getByRole('link', { name: '重新授权' }).click()
  await page.getByRole('button', { name: '生成授权链接' }).click()
  assert.equal(await page.getByLabel('业务编号', { exact: true }).inputValue(), 'shop-book')
  await page.getByRole('button', { name: '生成链接' }).click()
  const link = await page.getByRole('dialog').getByRole('link', { name: '打开链接' }).getAttribute('href')
  await scanInvite(world.demo.wechat, link ?? '', { appid, sets: undefined })
  await page.getByText('巷口书屋 已完成授权').waitFor()
  await page.getByRole('button', { name: '完成' }).click()
  await page.getByText('授权有效', { exact: true }).waitFor()

  await page.getByRole('button', { name: '解除绑定' }).click()
  await page.getByRole('dialog').getByText('「shop-book」不再对应这个账号').waitFor()
  await confirm(page, '解除绑定')
  await page.getByLabel('业务编号').fill('shop-other')
  await page.getByRole('button', { name: '绑定', exact: true }).click()
  await page.getByRole('button', { name: '解除绑定' }).waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('what the platform refuses is said where it happened, with the cure and the request id', async () => {
  const { page, context } = await visitConsole(world, { path: '/merchants?invite=1' })
  await page.getByLabel('业务编号', { exact: true }).fill('shop-many-words')
  await page.getByLabel('变量 选填').fill(Array.from({ length: 101 }, (_, index) => `a${index}=1`).join('\n'))
  await page.getByRole('button', { name: '生成链接' }).click()
  const refusal = page.getByRole('dialog').getByRole('alert')
  await refusal.getByText(/attributes 最多 100 项/).waitFor()
  assert.match(
    await refusal.innerText(),
    /INVALID_ARGUMENT[\s\S]+TOO_MANY[\s\S]+字段 attributes[\s\S]+请求编号 [\w-]{8,}/,
  )
  await takePicture(page, 'console-refused')
  await context.close()
})
