import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import * as v from 'valibot'
import { editRows } from '../../local/database/edit-rows.ts'
import { ageFailures } from '../../local/demo/time-travel.ts'
import { takePicture } from '../fixtures/browser.ts'
import { killInstances } from '../fixtures/interference.ts'
import { accessProblems, confirm, openConsoleWorld, visitConsole, type ConsoleWorld } from '../fixtures/console.ts'
import { tellDemo } from '../fixtures/demo.ts'

let world: ConsoleWorld
before(async () => {
  world = await openConsoleWorld()
})
after(() => world.close())

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const dialog = (page: Page) => page.getByRole('dialog')

/** Fills in the form that is open. */
const fill = async (page: Page, fields: Readonly<Record<string, string>>): Promise<void> => {
  for (const [label, value] of Object.entries(fields)) await dialog(page).getByLabel(label).fill(value)
}

/** What is shown once. */
const takeSecret = async (page: Page): Promise<string> => {
  const secret = await dialog(page).locator('.secret code').innerText()
  await page.keyboard.press('Escape')
  await dialog(page).getByText('只显示这一次').waitFor()
  await takePicture(page, 'console-secret')
  await confirm(page, '我已保存')
  return secret
}

const askWith = async (key: string, operation: string): Promise<number> => {
  const { status } = await fetch(`${world.demo.host.url}/api/v1/${operation}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: '{}',
  })
  return status
}

const runQueue = () => fetch(`${world.demo.host.url}/__local/timer/processQueue`, { method: 'POST' })

test('an owner sees what is left to do, copies what WeChat wants to know, and registers domains', async () => {
  const { page, errors } = await visitConsole(world, { path: '/settings' })
  const list = page.getByRole('region', { name: '上线清单' })
  await list.getByText('用开发小程序上传代码').waitFor()
  assert.match(await list.innerText(), /已完成 \d \/ 6[\s\S]+待办\s*至少一个模板/)
  await takePicture(page, 'console-checklist')

  await page.getByRole('link', { name: '微信配置' }).click()
  const { url } = world.demo.host
  await page.getByText(`${url}/wechat/component`, { exact: true }).waitFor()
  await page.getByText(`${url}/wechat/message/$APPID$`, { exact: true }).waitFor()
  assert.equal(await page.title(), '微信配置 · 设置 · Minifleet')

  await page.getByRole('link', { name: '平台域名', exact: true }).click()
  const server = page.getByRole('region', { name: '服务器域名' })
  await server.getByText('还没有域名').waitFor()
  await server.getByRole('button', { name: '添加域名' }).click()
  await fill(page, { 域名: 'api.example.com\n127.0.0.1' })
  await dialog(page).getByRole('button', { name: '添加域名' }).click()
  await dialog(page).getByText('127.0.0.1 须为域名，不能是 IP 地址').waitFor()
  assert.deepEqual(await accessProblems(page), [])
  await fill(page, { 域名: 'api.example.com\npay.example.com' })
  await confirm(page, '添加域名')
  await server.getByRole('row', { name: 'api.example.com 线上生效' }).waitFor()
  await server.getByRole('button', { name: '整体编辑' }).click()
  await fill(page, { 域名: 'api.example.com\nfile.example.com' })
  assert.match(await dialog(page).innerText(), /新增 1 个 file\.example\.com[\s\S]+删除 1 个 pay\.example\.com/)
  await confirm(page, '保存')
  await server.getByText('file.example.com').waitFor()
  await server.getByRole('row', { name: 'api.example.com' }).getByRole('button', { name: '删除' }).click()
  await dialog(page).getByText('线上请求会立即失败').waitFor()
  await confirm(page, '删除')
  await server.getByText('api.example.com', { exact: true }).waitFor({ state: 'hidden' })
  assert.equal(await server.getByRole('row').count(), 2, 'the heading and file.example.com')
  assert.deepEqual(errors, [])
})

test('a subscription from its secret to the day it is switched off, and back', async () => {
  const { page, go } = await visitConsole(world, { path: '/settings/subscriptions' })
  await button(page, '新建订阅').click()
  await fill(page, { 接收地址: 'http://bad one' })
  await button(page, '新建').click()
  await dialog(page).getByText('接收地址不能使用：').waitFor()
  await dialog(page).getByLabel('接收地址').and(page.locator('[aria-invalid="true"]:focus')).waitFor()
  await fill(page, { 接收地址: `${world.demo.host.url}/demo/webhook` })
  await dialog(page).getByLabel('订阅哪些事件').selectOption('bindings')
  await button(page, '新建').click()
  assert.match(await takeSecret(page), /^whsec_.{40}/)
  await page.getByRole('heading', { name: '授权：绑定、解除' }).waitFor()
  await button(page, '更换密钥').click()
  await button(page, '更换密钥').last().click()
  assert.match(await takeSecret(page), /^whsec_.{40}/)
  await page.getByText('旧密钥还能验证到').waitFor()
  await button(page, '发送测试').click()
  await page.getByText('测试事件已送达（HTTP 204）').waitFor()

  const tell = (action: string) =>
    fetch(`${world.demo.host.url}/demo/actions/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{}',
    })
  await tell('takeBusinessDown')
  await bindShop()
  await runQueue()
  await go('/settings/subscriptions')
  await page.getByText('投递失败，重试中').waitFor()
  await ageFailures(world.demo.host.database, 4)
  await runQueue()
  await go('/settings/subscriptions')
  await page.getByText('连续 3 天没有接收事件').waitFor()
  await takePicture(page, 'console-switched-off')
  assert.deepEqual(await accessProblems(page), [])
  await page.getByRole('link', { name: '诊断' }).click()
  await page.getByText('连续 3 天没有接收事件，已停止投递').waitFor()
  await page.getByRole('link', { name: '查看订阅' }).click()
  await button(page, '发送测试').click()
  await page.getByText('测试事件没有送达：接收方应答了 HTTP 503').waitFor()
  await tell('bringBusinessUp')
  await button(page, '发送测试').click()
  await page.getByText('测试事件已送达').waitFor()
  await button(page, '启用').click()
  await confirm(page, '启用')
  await page.getByText('连续 3 天没有接收事件').waitFor({ state: 'hidden' })
  // As three days of failures leave it.
  await runQueue()
  assert.equal(await editRows(world.demo.host.database, 'deliveries', { type: 'binding.bound' }, { state: 'dead' }), 1)
  await go('/settings/subscriptions')
  await button(page, '重投失败的事件').click()
  await dialog(page).getByText('1 个投递失败的事件会在一分钟内重新投递').waitFor()
  await confirm(page, '重投失败的事件')
  await page.getByText('一分钟内重新投递', { exact: true }).waitFor()
  await runQueue()
  await go('/settings/subscriptions')
  await page.getByText('最近 1 次投递，1 次送达').waitFor()
  await button(page, '重投失败的事件').waitFor({ state: 'detached' })
  await button(page, '删除').click()
  await confirm(page, '删除')
  await page.getByText('还没有订阅').waitFor()
})

/** Something that the subscription wants to know. */
const bindShop = async (): Promise<void> => {
  const { control } = world.demo.wechat
  const { appid } = await control.createMerchant({ nickName: '柳巷豆花', principalName: '成都柳巷餐饮有限公司' })
  const { value: preAuthCode } = await control.createPreAuthCode()
  await control.authorize({ preAuthCode, appid })
  await control.settle()
  await tellDemo(world.demo, 'bindings.bind', { businessId: 'shop-settings', appid })
}

test('keys and people: made, limited, taken back, and written down', async () => {
  const { page } = await visitConsole(world, { path: '/settings/keys' })
  await button(page, '新建密钥').click()
  await fill(page, { 名称: '收银系统' })
  await dialog(page).getByText('只允许部分操作').click()
  await dialog(page).getByText('平台 0 / 3').click()
  await dialog(page).getByText('查看平台状态').click()
  await takePicture(page, 'console-key-form')
  await button(page, '新建').click()
  const key = await takeSecret(page)
  assert.deepEqual(
    [await askWith(key, 'platform.status'), await askWith(key, 'authorizers.list')],
    [200, 403],
    'it may do what was ticked',
  )
  const row = page.getByRole('row', { name: '收银系统' })
  await row.getByText('1 种操作').waitFor()
  await row.getByRole('button', { name: '吊销' }).click()
  await confirm(page, '吊销')
  await row.getByText('已吊销').waitFor()
  // An instance that knew it remembers it for a minute.
  await killInstances(world.demo)
  assert.equal(await askWith(key, 'platform.status'), 401)

  await page.getByRole('link', { name: '成员' }).click()
  await button(page, '添加成员').click()
  await fill(page, { 'OPENID 或 uid': 'o xiaomei' })
  await button(page, '保存').click()
  await dialog(page).getByText('OPENID 或 uid 须为 1 至 128 个字符').waitFor()
  await fill(page, { 'OPENID 或 uid': 'o-xiaomei', '姓名 选填': '小美' })
  await confirm(page, '保存')
  const person = page.getByRole('row', { name: '小美' })
  await person.getByText('观察者').waitFor()
  await person.getByRole('button', { name: '修改' }).click()
  await dialog(page).getByLabel('角色').selectOption('operator')
  await confirm(page, '保存')
  await person.getByText('运营者').waitFor()
  await person.getByRole('button', { name: '移除' }).click()
  await confirm(page, '移除')
  await person.waitFor({ state: 'hidden' })

  await page.getByRole('link', { name: '操作记录' }).click()
  await page.getByRole('row', { name: '移除成员' }).getByText('演示 · Demo').waitFor()
  await page.getByLabel('操作', { exact: true }).selectOption('admins.put')
  await page.getByRole('row', { name: '移除成员' }).waitFor({ state: 'hidden' })
  await page.getByRole('row', { name: '添加成员或改角色' }).first().waitFor()
  // The demo names its owner when he first comes.
  assert.equal(await page.getByRole('row', { name: '添加成员或改角色' }).count(), 3)
  await page.getByLabel('谁', { exact: true }).selectOption({ label: '密钥「收银系统」' })
  await page.getByText('没有符合条件的记录').waitFor()
  await page.getByText('今天', { exact: true }).click()
  await takePicture(page, 'console-activity-nothing')
  await page.reload()
  await button(page, '清除筛选').click()
  assert.equal(new URL(page.url()).search, '')
  assert.deepEqual(await accessProblems(page), [])
  await takePicture(page, 'console-activity')
  await page.getByRole('row', { name: '吊销 API 密钥' }).getByRole('button').click()
  await dialog(page).locator('pre').getByText('"keyId"').waitFor()
})

test('a viewer sees how the platform stands and what was done, and is told what owners may see', async () => {
  const answer = await tellDemo(world.demo, 'apiKeys.create', { name: '观察', role: 'viewer' })
  const { key } = v.parse(v.object({ key: v.string() }), answer)
  const { page, context, go } = await visitConsole(world)
  await context.addInitScript(`if (location.protocol === 'http:') sessionStorage.setItem('minifleet.token', '${key}')`)
  await go('/settings/keys')
  await page.getByText('需要所有者的角色').waitFor()
  await page.getByText('你现在的角色是观察者').waitFor()
  await page.getByRole('link', { name: '操作记录' }).click()
  await page.getByRole('row', { name: '新建 API 密钥' }).first().getByText('演示 · Demo').waitFor()
  await page.getByRole('link', { name: '诊断' }).click()
  await page.getByText('至少两位所有者').waitFor()
  assert.match(await page.getByRole('region', { name: '上线清单' }).innerText(), /至少两位所有者\s+无法读取/)
})
