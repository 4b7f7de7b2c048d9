import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import type { Page } from 'playwright-core'
import { overflows, sizes, takePicture } from '../fixtures/browser.ts'
import { tellDemo } from '../fixtures/demo.ts'
import { confirm, lookAgain, openConsoleWorld, visitConsole, type ConsoleWorld } from '../fixtures/console.ts'

const pages = ['pages/index/index', 'pages/order/order']
// A second upload of the same mini program would replace its first.
const sourceAppid = 'wx00000000000de009'

let world: ConsoleWorld
before(async () => {
  world = await openConsoleWorld()
  const { control } = world.demo.wechat
  await control.createMerchant({ nickName: '柳巷豆花', principalName: '成都柳巷餐饮有限公司' })
  await control.createDraft({ userVersion: '1.0.0', userDesc: '首页、点单', sourceName: '门店模板', pages })
  await control.createDraft({ userVersion: '1.1.0', userDesc: '新增会员卡', sourceName: '会员版', sourceAppid, pages })
})
after(() => world.close())

const button = (page: Page, name: string) => page.getByRole('button', { name, exact: true })

/** The merchant opens the link on the console and agrees at WeChat. */
const authorize = async (page: Page, nickName: string): Promise<void> => {
  const link = page.getByRole('dialog').getByRole('link', { name: '打开链接' })
  const [tab] = await Promise.all([page.context().waitForEvent('page'), link.click()])
  await tab.getByRole('link', { name: '在电脑上扫码授权' }).click()
  await tab.getByText(nickName).click()
  await tab.getByRole('button', { name: '同意授权' }).click()
  await tab
    .getByRole('heading', { name: /授权完成|授权成功/ })
    .first()
    .waitFor()
  await tab.close()
}

const appidOf = (page: Page): string => /wx[0-9a-f]{16}/.exec(page.url())?.[0] ?? ''

const promoteFirstDraft = async (page: Page, version: string): Promise<void> => {
  await page.getByRole('row', { name: version }).getByRole('button', { name: '加入模板库' }).click()
  assert.equal(
    await page.evaluate("getComputedStyle(document.querySelector('dialog[open] .modal-body')).textAlign"),
    'start',
  )
  await takePicture(page, 'console-question-from-row')
  await confirm(page, '加入模板库')
  await page.getByRole('table', { name: '模板库' }).getByText(version).waitFor()
}

test('from an invitation to a live version, through a rejection, a gray release and a rollback, with the mouse alone', async () => {
  const { page, context, errors, go } = await visitConsole(world)
  await page.getByText('没有进行中的批量发布').waitFor()
  await page.getByRole('link', { name: '邀请商户' }).click()
  await page.getByLabel('业务编号', { exact: true }).fill('门店')
  await button(page, '生成链接').click()
  const refused = page.getByRole('dialog').getByText('业务编号 须为 1 至 64 个字符')
  await refused.waitFor()
  await page.getByLabel('业务编号', { exact: true }).fill('shop-console')
  await refused.waitFor({ state: 'hidden' })
  await page.getByLabel('变量 选填').fill('shopName=柳巷豆花')
  await button(page, '生成链接').click()
  const code = page.getByAltText('授权链接的二维码')
  await code.waitFor()
  await takePicture(page, 'console-invite')
  await authorize(page, '柳巷豆花')
  await page.getByText('柳巷豆花 已完成授权').waitFor()
  await page.getByRole('link', { name: '查看商户' }).click()
  await page.getByRole('heading', { name: '柳巷豆花' }).waitFor()
  await page.getByText('还没有提交过代码').waitFor()
  const appid = appidOf(page)

  await page.getByRole('link', { name: '模板', exact: true }).click()
  await promoteFirstDraft(page, '1.0.0')

  await go(`/releases/${appid}`)
  await button(page, '添加变量').first().click()
  await page.getByLabel('名称 1', { exact: true }).fill('shopName')
  await page.getByLabel('值 1', { exact: true }).fill('{{shopName}}总店')
  await page.locator('pre').getByText('"shopName": "柳巷豆花总店"').waitFor()
  await takePicture(page, 'console-commit')
  await button(page, '上传').click()
  await page.getByText('体验版已就绪').waitFor()
  const trial = page.getByAltText('体验版二维码')
  await trial.waitFor()
  assert.ok(((await trial.boundingBox())?.height ?? 0) > 100, 'the picture is drawn')

  await page.getByLabel('版本说明 选填').fill('首个版本')
  const buffer = await page.screenshot()
  await page.locator('input[type=file]').setInputFiles({ name: 'shop.png', mimeType: 'image/png', buffer })
  await page.getByAltText('shop.png').waitFor()
  await button(page, '提交审核').click()
  await page.getByText('微信正在审核').waitFor()
  await page.reload()
  await page.getByText('微信正在审核').waitFor()
  await takePicture(page, 'console-auditing')

  const { control } = world.demo.wechat
  await control.rejectAudit({ appid, reason: '1. 类目与服务不符<br>2. 请更换类目' })
  await lookAgain(page)
  await page.getByText('审核没有通过').waitFor()
  const reason = page.getByRole('region', { name: '驳回原因' })
  assert.match(await reason.innerText(), /1\. 类目与服务不符\n2\. 请更换类目/)
  await reason.getByAltText('审核截图 1').click()
  await page.getByRole('dialog').getByAltText('审核截图 1').waitFor()
  await page.keyboard.press('Escape')
  await takePicture(page, 'console-rejected')

  await page.getByLabel('反馈 选填').fill('已更换类目')
  await button(page, '提交审核').click()
  await page.getByText('微信正在审核').waitFor()
  await control.passAudit({ appid })
  await lookAgain(page)
  await page.getByText('审核已通过').waitFor()
  assert.equal(await button(page, '灰度发布').count(), 0, 'there is nothing live yet')
  await button(page, '发布上线').click()
  await page.getByRole('dialog').getByText('版本 1.0.0 立即对全部用户生效').waitFor()
  await confirm(page, '发布上线')
  await page.getByRole('heading', { name: '线上版本 1.0.0' }).waitFor()
  await takePicture(page, 'console-released')
  await lookAgain(page)
  await page.getByText('版本 1.0.0 已上线，用户下次打开小程序就会用到它。').waitFor()

  await page.getByRole('link', { name: '模板', exact: true }).click()
  await promoteFirstDraft(page, '1.1.0')
  await go(`/releases/${appid}`)
  await page.getByLabel('版本号', { exact: true }).and(page.locator('[value="1.1.0"]')).waitFor()
  await button(page, '上传').click()
  await page.getByText('体验版已就绪').waitFor()
  await button(page, '提交审核').click()
  await page.getByText('微信正在审核').waitFor()
  await control.passAudit({ appid })
  await lookAgain(page)
  await button(page, '灰度发布').click()
  await page.getByLabel('用户比例（%）').fill('30')
  await confirm(page, '灰度发布')
  await page.getByText('30% 的用户使用新版本').waitFor()
  await takePicture(page, 'console-gray')
  await button(page, '发布上线').click()
  await confirm(page, '发布上线')
  await page.getByRole('heading', { name: '线上版本 1.1.0' }).waitFor()

  await button(page, '回退').click()
  await confirm(page, '回退')
  await page.getByRole('heading', { name: '线上版本 1.0.0' }).waitFor()
  await takePicture(page, 'console-rolled-back')
  assert.deepEqual(
    errors.filter((error) => !error.includes('400')),
    [],
  )
  await context.close()
})

test('on a phone a version can be looked at and withdrawn, in English', async () => {
  const { page, context, errors, go } = await visitConsole(world, {
    size: sizes.phone,
    language: 'en',
    path: '/merchants',
  })
  await page.getByRole('link', { name: '柳巷豆花' }).click()
  await page.getByRole('link', { name: 'Ship a version' }).click()
  await page.getByRole('heading', { name: 'The final ext_json' }).waitFor()
  await button(page, 'Commit').click()
  await page.getByText('The trial version is ready').waitFor()
  await button(page, 'Submit for review').click()
  await page.getByText('WeChat is reviewing').waitFor()
  assert.equal(await overflows(page), false)
  await button(page, 'Withdraw').click()
  await page.getByRole('dialog').getByText('5 times a day and 10 times a month').waitFor()
  await confirm(page, 'Withdraw')
  await page.getByText('The review was withdrawn').waitFor()
  await go('/nowhere')
  await page.getByText('There is no such page').waitFor()
  assert.deepEqual(errors, [])
  await context.close()
})

test("a template's settings: what somebody else saves in another field while the form is open stays", async () => {
  const { page, context, errors } = await visitConsole(world, { path: '/templates' })
  const row = page.getByRole('table', { name: '模板库' }).getByRole('row', { name: '1.0.0' })
  const templateId = Number(/#(\d+)/.exec(await row.innerText())?.[1])
  await row.getByRole('button', { name: '设置' }).click()
  await page.getByLabel('配置（ext）').fill('{"theme":')
  await button(page, '保存').click()
  await page.getByText('须为 JSON 对象').waitFor()
  await page.getByLabel('配置（ext）').fill('{"theme": "green"}')
  await tellDemo(world.demo, 'templates.setSettings', { templateId, variables: { shopName: { required: true } } })
  await button(page, '保存').click()
  await page.getByText('设置已保存').waitFor()
  const { ext, variables } = Object(await tellDemo(world.demo, 'templates.getSettings', { templateId }))
  assert.deepEqual({ ext, variables }, { ext: { theme: 'green' }, variables: { shopName: { required: true } } })
  assert.deepEqual(errors, [])
  await context.close()
})
