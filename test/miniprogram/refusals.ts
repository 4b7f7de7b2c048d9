import assert from 'node:assert/strict'
import { test } from 'node:test'
import { skip, stage } from './stage.ts'

export const testRefusals = (): void => {
  test('what goes wrong is shown with its cure and the request id', { skip }, async () => {
    await stage.owner.frame.evaluate('window.phone.fault = "network"')
    await stage.owner.open('/packages/merchants/merchant/merchant?appid=wx00000000000000ff')
    await stage.owner.see('请检查网络后重试；同一操作不会重复执行。')
    await stage.owner.tap('重试')
    await stage.owner.see('此账号尚未授权给本平台')
    const request = stage.owner.frame.getByText('请求编号').locator('..')
    await request.tap()
    assert.match(await request.innerText(), new RegExp(await stage.owner.copied()))
  })

  test('nothing was thrown on any of these ways', { skip }, async () => {
    assert.deepEqual([await stage.owner.told('errors'), await stage.operator.told('errors')], [[], []])
  })
}
