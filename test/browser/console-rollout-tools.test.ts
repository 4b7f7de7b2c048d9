import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { makeDue } from '../../local/demo/time-travel.ts'
import { takePicture } from '../fixtures/browser.ts'
import { accessProblems, confirm, openConsoleWorld, visitConsole, type ConsoleWorld } from '../fixtures/console.ts'
import { tellDemo } from '../fixtures/demo.ts'

/* What the page of a rollout under way has for an operator: search, guard, trial codes, files, a mended submission, the board. */

let world: ConsoleWorld
let rolloutId = ''
/** One is online, one was rejected, one is approved. */
let live = ''
let rejected = ''
before(async () => {
  world = await openConsoleWorld()
  const { control } = world.demo.wechat
  const { templateId } = await control.createTemplate({ userVersion: '3.0.0', userDesc: '新增外卖' })
  const appids: string[] = []
  for (const nickName of ['一号店', '二号店', '=三号店']) {
    const { appid } = await control.createMerchant({ nickName, principalName: '公司' })
    const { value: preAuthCode } = await control.createPreAuthCode()
    await control.authorize({ preAuthCode, appid })
    appids.push(appid)
  }
  await control.settle()
  const made = await tellDemo<{ rolloutId: string }>(world.demo, 'rollouts.create', {
    name: '外卖版',
    templateId,
    version: '3.0.0',
    description: '新增外卖',
    appids,
    waves: [33, 100],
    nextWaveWhen: 'approved',
  })
  rolloutId = made.rolloutId
  const [first = '', second = '', third = ''] = appids
  live = first
  rejected = second
  await untilReviewed(live)
  await control.passAudit({ appid: live })
  await tellDemo(world.demo, 'releases.release', { appid: live })
  await untilReviewed(third)
  await control.rejectAudit({ appid: rejected, reason: '1:类目与页面不符' })
  await control.passAudit({ appid: third })
  await runTimers()
})
after(() => world.close())

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const picture = (page: Page, name: string) => takePicture(page, `console-rollout-${name}`)

async function runTimers(): Promise<void> {
  await makeDue(world.demo.host.database)
  await world.demo.host.fireTimer('processQueue')
}

/** The platform has submitted it. */
async function untilReviewed(appid: string): Promise<void> {
  for (let round = 0; round < 6; round++) {
    await runTimers()
    const { state } = await tellDemo<{ state: string }>(world.demo, 'releases.status', { appid }).catch(() => ({
      state: '',
    }))
    if (state === 'auditing') return
  }
  assert.fail(`${appid} is not under review`)
}

async function downloaded(page: Page, name: string): Promise<Buffer> {
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, name).click()])
  return readFile(await download.path())
}

test('an operator searches, exports, tries, guards and mends a rollout under way', async () => {
  const { page, context, errors } = await visitConsole(world, { path: `/rollouts/${rolloutId}` })
  await page.getByRole('heading', { name: '驳回原因' }).waitFor()
  assert.equal(
    (await downloaded(page, '导出驳回')).toString(),
    `\uFEFF驳回原因,appid,商户,批次\r\n类目与页面不符,${rejected},二号店,2\r\n`,
  )
  assert.match(
    (await downloaded(page, '导出 CSV')).toString(),
    /^\uFEFFappid,商户,批次,状态,代码,原因\r\n[^]*,'=三号店,2,审核通过/m,
  )
  await page.getByLabel('查找商户').fill('一号店')
  const rows = page.getByRole('table', { name: '各家进展' }).getByRole('row')
  await rows.nth(1).getByText('一号店').waitFor()
  await rows.nth(2).waitFor({ state: 'detached' })
  await page.waitForURL(/query=/)

  await button(page, '设置守护').click()
  await page.getByLabel('新版本更差时').selectOption({ label: '撤下新版本' })
  await page.getByLabel('至少多少位出错用户才下结论').fill('很多')
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click()
  await page.getByRole('dialog').getByText('至少多少位出错用户才下结论 须为数字').waitFor()
  assert.deepEqual(await accessProblems(page), [])
  await picture(page, 'guard')
  await page.getByLabel('至少多少位出错用户才下结论').fill('30')
  await confirm(page, '保存')
  await page.getByText('异常时回退 · 每批上线 60 分钟后判断 · 至少 30 位出错用户').waitFor()

  await button(page, '显示二维码').click()
  await page.getByRole('combobox', { name: '批次' }).selectOption({ label: '第 2 批' })
  await page.getByRole('img', { name: '二号店 的体验版二维码' }).waitFor()
  await page.getByRole('img', { name: '=三号店 的体验版二维码' }).waitFor()
  assert.deepEqual(await accessProblems(page), [])
  await picture(page, 'codes')
  const zip = await downloaded(page, '下载 ZIP')
  assert.deepEqual([zip.readUInt32LE(0), zip.readUInt16LE(zip.length - 12)], [0x04034b50, 2])
  assert.ok(zip.includes(`二号店 ${rejected}.`))

  await button(page, '修改后重新提交').click()
  await page.getByLabel('类目').selectOption({ index: 1 })
  await page.getByLabel('给审核员的说明').fill('已改类目')
  assert.deepEqual(await accessProblems(page), [])
  await picture(page, 'mend')
  await confirm(page, '修改后重新提交')
  await runTimers()
  const submission = (await world.demo.wechat.control.calls()).findLast(({ path }) => path === '/wxa/submit_audit')
  assert.match(JSON.stringify(submission?.body), /已改类目/)
  assert.deepEqual(errors, [])
  await context.close()
})

test('the board shows all reviews: running, rejected by reason, approved', async () => {
  const { page, context, errors } = await visitConsole(world, { path: '/rollouts' })
  await page.getByRole('link', { name: '审核看板' }).click()
  await page.getByRole('table', { name: '审核中' }).getByText('二号店').waitFor()
  assert.deepEqual(await accessProblems(page), [])
  await picture(page, 'reviews')
  await world.demo.wechat.control.rejectAudit({ appid: rejected, reason: '（1）类目与页面不符' })
  await runTimers()
  await page.getByText('已驳回').click()
  await page.getByText('类目与页面不符').waitFor()
  await page.getByRole('link', { name: '二号店' }).waitFor()
  assert.deepEqual(await accessProblems(page), [])
  await picture(page, 'reviews-rejected')
  await page.getByText('已通过，未上线').click()
  await page.getByRole('table', { name: '已通过，未上线' }).getByText('=三号店').waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})
