import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { overflows, sizes, takePicture } from '../fixtures/browser.ts'
import { accessProblems, openConsoleWorld, visitConsole, type ConsoleWorld } from '../fixtures/console.ts'
import { tellDemo } from '../fixtures/demo.ts'
import { editRows } from '../../local/database/edit-rows.ts'

let world: ConsoleWorld
before(async () => {
  world = await openConsoleWorld()
})
after(() => world.close())

const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true })

/** A button of the tour's drawer. */
const press = async (action: string): Promise<void> => {
  const response = await fetch(`${world.demo.host.url}/demo/actions/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
  })
  assert.equal(response.status, 200, action)
}

const authorize = async (nickName: string): Promise<string> => {
  const { control } = world.demo.wechat
  const { appid } = await control.createMerchant({ nickName, principalName: `${nickName}公司` })
  const { value: preAuthCode } = await control.createPreAuthCode()
  await control.authorize({ preAuthCode, appid })
  await control.settle()
  return appid
}

test('a push is found by its type and its merchant, looked at, and linked to', async () => {
  await authorize('河畔书屋')
  const appid = await authorize('桥头米粉')
  await world.demo.wechat.control.unauthorize({ appid })
  const { page, context, errors } = await visitConsole(world, { path: '/events' })
  const table = page.getByRole('table', { name: '收到的推送' })
  await table.getByText('商户取消授权').waitFor()
  await table.getByText('收到 ticket').first().waitFor()
  assert.deepEqual(await accessProblems(page), [])

  await page.getByLabel('类型').selectOption({ label: '商户完成授权' })
  await table.getByRole('link', { name: '河畔书屋' }).waitFor()
  await table.getByText('收到 ticket').first().waitFor({ state: 'detached' })
  await page.getByLabel('按商户筛选').fill('米粉')
  await button(page, '桥头米粉').click()
  await button(page, '只看 桥头米粉').waitFor()
  await table.getByRole('link', { name: '河畔书屋' }).waitFor({ state: 'detached' })
  await table.getByRole('link', { name: '桥头米粉' }).waitFor()
  assert.equal(await table.getByRole('row').count(), 2)
  await button(page, '详情：商户完成授权').click()
  const details = page.getByRole('dialog', { name: '商户完成授权' })
  await details.getByText(`"AuthorizerAppid": "${appid}"`).waitFor()
  assert.doesNotMatch(await details.innerText(), /queryauthcode@/)
  await takePicture(page, 'console-events-push')

  await page.reload()
  await details.getByText(`"AuthorizerAppid": "${appid}"`).waitFor()
  await page.keyboard.press('Escape')
  await details.waitFor({ state: 'hidden' })
  await button(page, '只看 桥头米粉').click()
  await table.getByRole('link', { name: '河畔书屋' }).waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('a delivery that its receiver did not take is sent again by hand, until it is taken', async () => {
  const { page, context, errors, go } = await visitConsole(world, { path: '/events/deliveries' })
  await page.getByText('还没有投递').waitFor()
  await tellDemo(world.demo, 'subscriptions.put', { url: `${world.demo.host.url}/demo/webhook`, match: {} })
  await press('takeBusinessDown')
  await authorize('街角花店')
  await press('runTimers')
  await go('/events/deliveries?state=waiting')
  const row = page.getByRole('row', { name: /wechat\.authorized.*街角花店/s })
  await row.getByText('待投递').waitFor()
  await takePicture(page, 'console-events-waiting')
  assert.deepEqual(await accessProblems(page), [])

  await row.getByRole('button', { name: '详情：商户完成授权' }).click()
  const details = page.getByRole('dialog', { name: '商户完成授权' })
  await details.getByText('"type":"wechat.authorized"').waitFor()
  await details.getByText('503', { exact: true }).waitFor()
  await details.getByText(`${world.demo.host.url}/demo/webhook`).waitFor()
  await takePicture(page, 'console-events-delivery')
  assert.deepEqual(await accessProblems(page), [])
  await page.keyboard.press('Escape')
  await details.waitFor({ state: 'hidden' })

  await row.getByRole('button', { name: '再投递一次' }).click()
  const question = page.getByRole('dialog', { name: '再投递一次？' })
  await question.getByText('「商户完成授权」马上再发送一次').waitFor()
  await question.getByRole('button', { name: '再投递一次' }).click()
  await question.getByText(/仍然没有送达：.*503/).waitFor()
  await press('bringBusinessUp')
  await go('/events/deliveries')
  await row.getByRole('button', { name: '再投递一次' }).click()
  await question.getByRole('button', { name: '再投递一次' }).click()
  await page.getByText('已送达（HTTP 204）').waitFor()
  await question.waitFor({ state: 'hidden' })
  await row.getByText('已送达').waitFor()
  await page.getByLabel('类型').selectOption({ label: '版本上线' })
  await page.getByText('没有符合条件的记录').waitFor()
  await page.getByLabel('类型').selectOption({ label: '商户完成授权' })
  await row.waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('a push that is seen before its merchant has a name shows it soon after it is there, without being loaded anew', async () => {
  const appid = await authorize('巷口豆浆')
  const name = (nickName: string) => editRows(world.demo.host.database, 'authorizers', { _id: appid }, { nickName })
  assert.equal(await name(''), 1)
  const { page, context, errors, go } = await visitConsole(world, { path: '/settings' })
  const namesAsked = () => page.waitForResponse((response) => response.url().endsWith('/authorizers.list'))
  const first = namesAsked()
  await go('/events')
  const table = page.getByRole('table', { name: '收到的推送' })
  await table.getByRole('link', { name: appid, exact: true }).waitFor()
  // Names were asked for more than once without an answer, as on a slow machine.
  await first
  await namesAsked()
  assert.equal(await name('巷口豆浆'), 1)
  await table.getByRole('link', { name: '巷口豆浆' }).waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('both pages fit a phone, in English', async () => {
  const { page, context, errors, go } = await visitConsole(world, {
    path: '/events',
    size: sizes.phone,
    language: 'en',
  })
  await page.getByRole('table').getByText('Merchant withdrew').waitFor()
  assert.equal(await overflows(page), false)
  await takePicture(page, 'console-events-phone-pushes')
  await button(page, 'Details: Merchant withdrew').click()
  await page.getByRole('dialog', { name: 'Merchant withdrew' }).getByText('Contents, secrets removed').waitFor()
  assert.deepEqual(await accessProblems(page), [])
  await takePicture(page, 'console-events-phone-push')
  await go('/events/deliveries')
  await page.getByRole('table').getByText('Merchant authorized').first().waitFor()
  assert.equal(await overflows(page), false)
  assert.deepEqual(await accessProblems(page), [])
  await takePicture(page, 'console-events-phone-deliveries')
  assert.deepEqual(errors, [])
  await context.close()
})
