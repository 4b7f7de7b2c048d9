import assert from 'node:assert/strict'
import { readFile } from 'node:fs/promises'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { makeDue } from '../../local/demo/time-travel.ts'
import { overflows, sizes, takePicture } from '../fixtures/browser.ts'
import { accessProblems, confirm, openConsoleWorld, visitConsole, type ConsoleWorld } from '../fixtures/console.ts'
import { tellDemo } from '../fixtures/demo.ts'

const shops = [
  ['一号店', '杭州'],
  ['二号店', '杭州'],
  ['三号店', '杭州'],
  ['四号店', '杭州'],
  ['五号店', '杭州'],
  ['六号店', '深圳'],
] as const

let world: ConsoleWorld
let appids: readonly string[]
before(async () => {
  world = await openConsoleWorld()
  const { control } = world.demo.wechat
  await control.createTemplate({ userVersion: '3.0.0', userDesc: '新增外卖', sourceName: '门店模板' })
  const opened = shops.map(async ([nickName, city], index) => {
    const { appid } = await control.createMerchant({ nickName, principalName: `${nickName}公司` })
    const { value: preAuthCode } = await control.createPreAuthCode()
    await control.authorize({ preAuthCode, appid })
    await control.settle()
    await tellDemo(world.demo, 'bindings.bind', {
      businessId: `shop-${index}`,
      appid,
      attributes: { city, shopName: nickName },
    })
    return appid
  })
  appids = await Promise.all(opened)
})
after(() => world.close())

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })
const goOn = (page: Page) => button(page, '下一步').click()
const legend = (page: Page, words: string) => page.getByRole('group', { name: '按状态筛选商户' }).getByText(words)
const picture = (name: string) => (page: Page) => takePicture(page, `console-rollouts-${name}`)

/** `page` is loaded anew, which is quicker than its next look. */
const runTimers = async (page?: Page): Promise<void> => {
  await makeDue(world.demo.host.database)
  await world.demo.host.fireTimer('processQueue')
  await page?.reload()
}

/** What the platform knows of those who are under review now. */
const underReview = async (): Promise<readonly string[]> => {
  const { items } = await tellDemo<{ items: readonly { appid: string }[] }>(world.demo, 'releases.list', {
    state: 'auditing',
    limit: 50,
  })
  return items.map(({ appid }) => appid)
}

test("a template's link to a rollout has chosen it already", async () => {
  const { control } = world.demo.wechat
  const { templateId } = await control.createTemplate({
    userVersion: '2.9.0',
    userDesc: '旧版',
    sourceName: '门店模板',
  })
  const { page, context, errors } = await visitConsole(world, { path: '/templates' })
  await page.getByRole('row', { name: '2.9.0' }).getByRole('link', { name: '批量发布' }).click()
  await page.getByRole('radio', { name: '2.9.0' }).and(page.locator(':checked')).waitFor()
  assert.equal(await page.getByLabel('版本号').inputValue(), '2.9.0')
  await goOn(page)
  await page.getByText('6 家小程序会收到这次发布').waitFor()
  // A draft that was promoted says so, and is not promoted once more.
  await page.goto(`${world.demo.url}console/templates`)
  await page.getByText(`已是模板 #${templateId}`).waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('the first rollout: conditions, variables, waves, a check, a rejection, the release, and back again', async () => {
  const { page, context, errors } = await visitConsole(world, { path: '/rollouts' })
  await page.getByText('还没有批量发布').waitFor()
  await page.getByRole('main').getByRole('link', { name: '新建批量发布' }).first().click()

  await goOn(page)
  await page.getByText('请选择一个模板').waitFor()
  await page.getByText('门店模板 3.0.0').click()
  await page.getByLabel('发布名称').fill('外卖版')
  await goOn(page)

  await page.getByText('6 家小程序会收到这次发布').waitFor()
  await page.getByText('按条件筛选').click()
  await goOn(page)
  await page.getByText('请至少填写一个条件').waitFor()
  await button(page, '添加条件').click()
  await page.getByLabel('变量名 1').fill('city')
  await page.getByLabel('值 1').fill('杭州')
  await page.getByText('5 家小程序会收到这次发布').waitFor()
  await goOn(page)

  await button(page, '添加 shopName').click()
  await page
    .locator('pre')
    .getByText(/"shopName": "[一二三四五]号店"/)
    .waitFor()
  await page.reload()
  await page
    .locator('pre')
    .getByText(/"shopName": "[一二三四五]号店"/)
    .waitFor()
  await goOn(page)

  await page.getByText('10% → 全部').click()
  await page.getByText('本批 4 家').waitFor()
  await page.getByLabel('允许失败的家数').fill('很少')
  await goOn(page)
  await page.getByText('允许失败的家数 须为数字').waitFor()
  await page.getByLabel('允许失败的家数').fill('3')
  await goOn(page)

  await page.getByText(/需要提审 5 次，本月还剩 \d+ 次可用/).waitFor()
  await page.getByText('5 家就绪').waitFor()
  await page.getByRole('table', { name: '检查结果' }).getByText('未上线 → 3.0.0').first().waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), button(page, '导出对比').click()])
  const [head = '', ...lines] = (await readFile(await download.path())).toString().trimEnd().split('\r\n')
  assert.equal(head, '\uFEFFappid,商户,线上版本,线上来源,新版本,新来源,新增的键,消失的键,改动的键,提醒')
  assert.equal(lines.length, 5)
  for (const line of lines) assert.match(line, /^wx\w+,[一二三四五]号店,,,3\.0\.0,wx\w+,,,,$/)
  await picture('check')(page)
  await button(page, '开始批量发布').click()
  await page.getByRole('dialog').getByText('马上给第一批 1 家上传代码并提交审核').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '开始批量发布' }).click()
  await page.getByRole('heading', { name: '外卖版' }).waitFor()
  await legend(page, '待处理').waitFor()

  await runTimers()
  await legend(page, '审核中').waitFor()
  const [canary = ''] = await underReview()
  await world.demo.wechat.control.passAudit({ appid: canary })
  await runTimers(page)
  await button(page, '发布已通过的 1 家').click()
  await confirm(page, '发布已通过的 1 家')
  await runTimers()
  await runTimers(page)
  await page.getByText('1 / 5 家上线').waitFor()

  const [rejected = '', ...others] = await underReview()
  assert.equal(others.length, 3)
  await world.demo.wechat.control.rejectAudit({ appid: rejected, reason: '1:类目与页面不符' })
  for (const appid of others) await world.demo.wechat.control.passAudit({ appid })
  await runTimers(page)
  await page.getByRole('heading', { name: '驳回原因' }).waitFor()
  await page.getByText('1 家被驳回，改好后重新提交').or(page.getByText('3 家已通过审核，等你发布')).first().waitFor()
  await picture('rejected')(page)
  assert.deepEqual(await accessProblems(page), [])
  await button(page, '只看这些商户').click()
  await page.getByRole('table', { name: '各家进展' }).getByText('审核被驳回').waitFor()
  assert.equal(await page.getByRole('table', { name: '各家进展' }).getByRole('row').count(), 2)
  await button(page, '改好了，重新提交').click()
  await confirm(page, '改好了，重新提交')
  await runTimers(page)
  await world.demo.wechat.control.passAudit({ appid: rejected })
  await runTimers(page)
  await button(page, '看全部').first().click()
  await button(page, '发布已通过的 4 家').click()
  await confirm(page, '发布已通过的 4 家')
  await runTimers()
  await page.getByText('全部完成').waitFor()
  await page.getByText('5 / 5 家上线').waitFor()
  const live = page.getByRole('table', { name: '各家进展' }).getByText('已上线')
  await live.nth(4).waitFor()
  await picture('completed')(page)

  await button(page, '回退').click()
  await page.getByRole('dialog').getByText('这次批量发布上线的 5 家').waitFor()
  await confirm(page, '回退')
  await runTimers(page)
  await page.getByText('5 / 5 家上线').waitFor()
  await page.getByText('已完成').first().waitFor()
  assert.equal(await page.getByText('正在回退').count(), 0)
  await page.getByText('没有更早的线上版本').first().waitFor()
  assert.equal(await button(page, '回退').count(), 0)
  await picture('taken-back')(page)
  await page.getByRole('link', { name: '批量发布' }).first().click()
  await page
    .getByRole('row', { name: /外卖版/ })
    .getByText('已完成')
    .waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test('a rollout is paused, resumed and cancelled, each after a question that says what happens', async () => {
  const { rolloutId } = await tellDemo<{ rolloutId: string }>(world.demo, 'rollouts.create', {
    name: '手动挡',
    templateId: 1,
    version: '3.0.1',
    description: '小修',
    appids: [appids[5]],
    autoSubmit: false,
  })
  const { page, context, errors } = await visitConsole(world, { path: `/rollouts/${rolloutId}` })
  await button(page, '暂停').click()
  await page.getByRole('dialog').getByText('还没开始的 1 家先不上传').waitFor()
  await confirm(page, '暂停')
  await page.getByText('已暂停，等你继续').waitFor()
  await button(page, '继续').click()
  await confirm(page, '继续')
  await runTimers(page)
  await page.getByText('1 家是体验版，等你逐家提交审核').waitFor()
  await button(page, '取消发布').click()
  await confirm(page, '取消发布')
  await page.getByText('已取消，不会再有动作').waitFor()
  assert.equal(await button(page, '暂停').count(), 0)
  assert.deepEqual(errors, [])
  await context.close()
})

test('on a phone, in English, merchants are ticked one by one, and every step fits and can be used without eyes', async () => {
  const { page, context, errors, go } = await visitConsole(world, {
    path: '/rollouts',
    size: sizes.phone,
    language: 'en',
  })
  const isFine = async (name: string): Promise<void> => {
    await picture(`phone-${name}`)(page)
    assert.equal(await overflows(page), false, name)
    assert.deepEqual(await accessProblems(page), [], name)
  }
  const goOnTo = async (step: string): Promise<void> => {
    await button(page, 'Continue').click()
    await page.getByRole('heading', { name: step }).waitFor()
  }
  await page.getByText('外卖版').waitFor()
  await isFine('list')
  await go('/rollouts/new?template=1')
  await page.getByLabel('Version', { exact: true }).and(page.locator('[value="3.0.0"]')).waitFor()
  await isFine('template')
  await goOnTo('Merchants')
  await page.getByText('One by one').click()
  await page.getByRole('checkbox', { name: '六号店' }).check()
  await page.getByRole('checkbox', { name: '一号店' }).check()
  await page.getByText('2 chosen').waitFor()
  await isFine('merchants')
  await goOnTo('Variables')
  await page.getByText('Domains and privacy (optional)').click()
  await page.getByLabel('request domains').fill('not a domain')
  await button(page, 'Continue').click()
  await page.getByText('not must be a domain without a path, such as www.example.com').waitFor()
  await isFine('variables')
  await page.getByLabel('request domains').fill('')
  await goOnTo('Waves')
  await page.getByText('Custom').click()
  await isFine('waves')
  await goOnTo('Check and start')
  await page.getByText('1 ready').waitFor()
  await page.getByText('1 on it already').waitFor()
  assert.equal(await page.getByText(/\d not ready/).count(), 0)
  await isFine('check')
  await go('/rollouts/ro-unknown')
  await page.getByText('There is no such rollout').waitFor()
  assert.deepEqual(
    errors.filter((error) => !error.includes('404')),
    [],
  )
  await context.close()
})

test('with a template of another source and nothing else typed, nobody who runs the first is shipped to unless it is said so', async () => {
  const { templateId } = await world.demo.wechat.control.createTemplate({
    userVersion: '4.0.0',
    userDesc: '预约',
    sourceName: '预约模板',
    sourceAppid: 'wx00000000000de099',
  })
  const { page, context, errors } = await visitConsole(world, { path: `/rollouts/new?template=${templateId}` })
  await page.getByRole('radio', { name: '4.0.0' }).and(page.locator(':checked')).waitFor()
  for (let step = 0; step < 4; step++) await goOn(page)
  const counts = page.getByRole('status').filter({ hasText: '家就绪' })
  await counts.getByText('1 家就绪').waitFor()
  await counts.getByText('5 家待确认').waitFor()
  await page
    .getByText(/线上版本来自另一个来源小程序/)
    .first()
    .waitFor()
  await page.getByText('就绪 1', { exact: true }).waitFor()
  await picture('another-source')(page)
  await page.getByRole('checkbox', { name: '仍然发布（5 家）' }).check()
  await counts.getByText('6 家就绪').waitFor()
  await page.getByRole('checkbox', { name: '仍然发布（5 家）' }).uncheck()
  await button(page, '开始批量发布').click()
  await confirm(page, '开始批量发布')
  await page.getByRole('button', { name: '暂停' }).waitFor()
  for (let wave = 0; wave < 3; wave++) await runTimers(page)
  const { items } = await tellDemo<{ items: readonly { appid: string; version: string }[] }>(
    world.demo,
    'releases.list',
    { limit: 100 },
  )
  const got = items.filter(({ version }) => version === '4.0.0').map(({ appid }) => appid)
  assert.deepEqual(
    got.filter((appid) => appid !== appids[5]),
    [],
  )
  assert.deepEqual(errors, [])
  await context.close()
})
