import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openBrowser, wechatLinkIn } from '../fixtures/merchant.ts'
import { skip, stage } from './stage.ts'

export const tellInviteStory = (): void => {
  test(
    'invite: the merchant gets link, code or card, and the page tells when it has authorized',
    { skip },
    async () => {
      await stage.operator.open('/pages/merchants/merchants')
      await stage.operator.tap('邀请商户')
      await stage.operator.fill('如 shop-1024', 'shop-2001')
      await stage.operator.tap('生成邀请')
      await stage.operator.see('等待商户授权，完成后这里会自动更新')
      await stage.operator.frame.getByLabel('邀请二维码').locator('img').waitFor()
      const decode = `document.querySelector('[aria-label="邀请二维码"] img').decode().then(() => 'decoded')`
      assert.equal(await stage.operator.frame.evaluate(decode), 'decoded')

      await stage.operator.frame.getByText('/auth/start?invite=').tap()
      const link = await stage.operator.copied()
      await stage.operator.picture('invite')
      await stage.operator.tap('发送二维码')
      assert.deepEqual(Object(await stage.operator.heard('shown', 2)).at(-1), { share: 'http://usr/invite.png' })

      const card = Object(await stage.operator.tell('onShareAppMessage'))
      const merchant = await stage.open('o-merchant', { url: String(card.path) })
      await merchant.see('服务商邀请你授权')
      await merchant.tap('复制授权链接')
      assert.equal(await merchant.copied(), link)
      assert.deepEqual(await merchant.told('calls'), [])
      await merchant.close()

      const visitor = openBrowser()
      const wechatPage = wechatLinkIn((await visitor.get(stage.here(link))).body).searchParams
      const { appid } = await stage.platform.wechat.control.createMerchant({ nickName: '白鹭茶馆' })
      const { redirectUrl = '' } = await stage.platform.wechat.control.authorize({
        appid,
        preAuthCode: wechatPage.get('pre_auth_code') ?? '',
        redirectUri: wechatPage.get('redirect_uri') ?? '',
      })
      await visitor.get(stage.here(redirectUrl))
      await stage.operator.wait(4000)
      await stage.operator.see('白鹭茶馆 已授权')
      await stage.operator.tap('查看商户')
      await stage.operator.see('shop-2001')
    },
  )

  test('a merchant that withdrew is invited again, for the same business and account', { skip }, async () => {
    await stage.operator.open(`/packages/merchants/merchant/merchant?appid=${stage.world.revoked}`)
    await stage.operator.see('商户已取消授权。再次邀请并授权后，可以继续发布。')
    await stage.operator.tap('重新邀请授权')
    await stage.operator.tap('生成邀请')
    await stage.operator.see('等待商户授权，完成后这里会自动更新')
    const asked = JSON.stringify(await stage.operator.told('calls'))
    const input = `"businessId":"shop-1005","accountType":"miniprogram","appid":"${stage.world.revoked}"`
    assert.ok(asked.includes(input), asked)
  })

  test('a merchant is untied from its business and tied to another', { skip }, async () => {
    await stage.operator.open(`/packages/merchants/merchant/merchant?appid=${stage.world.auditing}`)
    await stage.operator.tap('解除绑定')
    await stage.operator.see('老街面馆 将不再对应业务编号 shop-1003。授权本身保留。')
    await stage.operator.tap('解除绑定')
    await stage.operator.see('绑定到业务编号')
    await stage.operator.fill('如 shop-1024', 'shop-3003')
    await stage.operator.tap('绑定')
    await stage.operator.see('老街面馆 将对应业务编号 shop-3003。')
    await stage.operator.tap('绑定')
    await stage.operator.see(/^shop-3003$/)
    const binding = await stage.platform.tell('bindings.get', { businessId: 'shop-3003' })
    assert.equal(binding['appid'], stage.world.auditing)
  })
}
