import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openAgent } from '../fixtures/agent.ts'
import { askToSignIn, wrongCheck } from '../fixtures/sign-in.ts'
import { OPERATOR, skip, stage, VIEWER } from './stage.ts'
import type { Phone } from './phone/phone.ts'

const scan = async (phone: Phone, code: string): Promise<void> => {
  await phone.open('/pages/me/me')
  await phone.frame.evaluate(`window.phone.scanned = ${JSON.stringify(code)}`)
  await phone.tap('扫码登录控制台')
}

export const tellConsoleStory = (): void => {
  test('a person lets a browser in from the phone, sees it, and ends it', { skip }, async () => {
    const viewer = await stage.open(VIEWER)
    const guessed = await askToSignIn(stage.platform)
    await scan(viewer, guessed.code)
    await viewer.see('Chrome, macOS')
    await viewer.fill('控制台二维码旁的数字', wrongCheck(guessed.check))
    await viewer.tap('登录')
    await viewer.see('两位数字不正确，该二维码已失效')
    assert.deepEqual((await guessed.poll()).data, { state: 'denied' })

    const { code, check, poll } = await askToSignIn(stage.platform, 'Firefox, Linux')
    await scan(viewer, code)
    await viewer.see('Firefox, Linux')
    await viewer.picture('sign-in')
    await viewer.fill('控制台二维码旁的数字', check)
    await viewer.tap('登录')
    await viewer.see('已登录，控制台会自动继续。')
    assert.equal((await poll()).data['state'], 'approved')

    await viewer.open('/packages/settings/sessions/sessions')
    await viewer.see('Firefox, Linux')
    await viewer.tap('结束')
    await viewer.see('一分钟内，「Firefox, Linux」需要重新扫码登录。')
    await viewer.tap('结束')
    await viewer.see('没有登录中的浏览器')

    const refused = await askToSignIn(stage.platform)
    await scan(viewer, refused.code)
    await viewer.see('Chrome, macOS')
    await viewer.tap('拒绝')
    await viewer.see('已拒绝。')
    assert.deepEqual((await refused.poll()).data, { state: 'denied' })
    await scan(viewer, 'https://shop.example/menu')
    await viewer.see('这不是本平台的登录二维码')
    await viewer.close()
  })

  test('an operator sees what an agent plans, as data, and refuses it', { skip }, async () => {
    const { key } = await stage.platform.tell('apiKeys.create', { name: '助手', role: 'operator', confirmBy: 'person' })
    const agent = await openAgent(stage.platform, String(key))
    const input = { businessId: 'shop-1004' }
    const plan = await agent.call('bindings_unbind', input)
    const operator = await stage.open(OPERATOR)
    await operator.open('/packages/settings/confirmations/confirmations')
    await operator.see('bindings.unbind')
    await operator.see(/助手/)
    await operator.tap('拒绝')
    await operator.see('没有等待确认的计划')
    const late = await agent.call('bindings_unbind', { ...input, confirmation: plan.data['confirmation'] })
    assert.equal(late.reason, 'CONFIRMATION_DENIED')
    await operator.close()
    await agent.close()
  })
}
