import assert from 'node:assert/strict'
import { test } from 'node:test'
import { skip, stage } from './stage.ts'

export const tellReleaseStories = (): void => {
  test('an approved version goes to the users in two taps', { skip }, async () => {
    await stage.owner.see('青禾花店')
    await stage.owner.see('审核通过，等待上线')
    await stage.owner.picture('overview')
    await stage.owner.tap('上线')
    await stage.owner.see('版本 2.4.0 将立即对用户生效。')
    await stage.owner.picture('confirm')
    await stage.owner.tap('上线')
    await stage.owner.hear('已上线')
    assert.equal((await stage.onWechat(stage.world.approved)).live?.version, '2.4.0')
  })

  test('ship: one merchant through all steps; a lost answer is asked for again, not done again', { skip }, async () => {
    await stage.operator.open('/pages/merchants/merchants')
    await stage.operator.fill('名称、主体或 AppID', '云朵')
    await stage.operator.tap('云朵童装')
    await stage.operator.see('还没有发布过')
    await stage.operator.tap('发布')
    await stage.operator.see('发布条件齐全')

    await stage.operator.frame.evaluate('window.phone.fault = "answerLost"')
    await stage.operator.tap('上传为体验版')
    await stage.operator.see('体验版将变为 2.4.0，线上版本不变。')
    await stage.operator.tap('上传')
    await stage.operator.see('等待超时，结果未知。重试是安全的：同一操作不会重复执行。')
    await stage.operator.tap('关闭')
    await stage.operator.tap('上传为体验版')
    await stage.operator.tap('上传')
    await stage.operator.see('体验版已就绪。')
    const commits = (await stage.bodiesOf('/wxa/commit')).filter((body) => body.includes(stage.world.fresh))
    assert.equal(commits.length, 1)

    const code = stage.operator.frame.getByLabel('体验版二维码').locator('img')
    await code.waitFor()
    assert.match(String(await code.getAttribute('src')), /^data:image\/jpeg;base64,/)
    await stage.operator.picture('trial')
    await stage.operator.fill('体验者的微信号', 'tester_zhang')
    await stage.operator.tap('添加')
    await stage.operator.see('体验版已就绪。')

    await stage.operator.tap('提交审核')
    await stage.operator.see('通过后自动上线')
    await stage.operator.tap('提交审核')
    await stage.operator.tap('提交')
    await stage.operator.see(/^审核单 \d+/)
    await stage.operator.tap('加急')
    await stage.operator.see(/加急额度全平台共用，剩余 \d+ \/ \d+。/)
    await stage.operator.tap('取消')

    await stage.platform.wechat.control.passAudit(stage.world.fresh)
    await stage.operator.wait(8000)
    await stage.operator.tap('全量上线')
    await stage.operator.tap('上线')
    await stage.operator.see('已对全部用户生效。')
    assert.equal((await stage.onWechat(stage.world.fresh)).live?.version, '2.4.0')
  })

  test('reject and fix: reason and pictures are seen, the answer reaches the reviewer', { skip }, async () => {
    await stage.operator.open('/pages/overview/overview')
    await stage.operator.tap('山野咖啡')
    await stage.operator.see('(1):首页存在无法点击的按钮，请修改后重新提交。')
    const picture = stage.operator.frame.getByLabel('审核截图')
    assert.match(String(await picture.locator('img').getAttribute('src')), /^data:image\/jpeg;base64,/)
    await stage.operator.picture('rejection')
    await picture.tap()
    assert.deepEqual(Object(await stage.operator.heard('shown', 1)).at(-1), { urls: ['http://usr/rejection-0.jpeg'] })

    await stage.operator.frame.evaluate('window.phone.chosenMedia = "iVBORw0KGgo="')
    await stage.operator.tap('附图片')
    await stage.operator.see('已附 1 张图片')
    await stage.operator.fill('说明改了什么，或为什么不需要改', '按钮已可点击')
    await stage.operator.tap('重新提交审核')
    await stage.operator.tap('重新提交审核')
    await stage.operator.see(/^审核单 \d+/)
    const submitted = (await stage.bodiesOf('/wxa/submit_audit')).at(-1)
    assert.match(submitted ?? '', /"feedback_info":"按钮已可点击","feedback_stuff":"[\w-]+"/)
  })
}
