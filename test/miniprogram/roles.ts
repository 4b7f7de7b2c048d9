import assert from 'node:assert/strict'
import { test } from 'node:test'
import { skip, stage, VIEWER } from './stage.ts'

const STRANGER = 'oStranger7xK3mPq9'

export const testRoles = (): void => {
  test('a viewer sees everything and can do nothing, whatever the phone tries', { skip }, async () => {
    const viewer = await stage.open(VIEWER)
    await viewer.see('你是观察者，只能查看。需要操作时，请所有者把你的角色改为运营者。')
    for (const [url, seen, hidden] of [
      ['/pages/merchants/merchants', '云朵童装', '邀请商户'],
      ['/pages/rollouts/rollouts', '春节版', '新建批量发布'],
      [`/packages/merchants/merchant/merchant?appid=${stage.world.fresh}`, 'shop-1004', '解除绑定'],
      [`/packages/releases/release/release?appid=${stage.world.fresh}`, '已对全部用户生效。', '回退'],
      ['/pages/me/me', '可以查看一切，不能操作', '成员'],
    ] as const) {
      await viewer.open(url)
      await viewer.see(seen)
      assert.equal(await viewer.sees(hidden), false, `${hidden} on ${url}`)
    }
    const appid = stage.world.fresh
    for (const [operation, input] of [
      ['bindings.createLink', { businessId: 'b' }],
      ['bindings.unbind', { businessId: 'shop-1004' }],
      ['releases.commit', { appid, templateId: stage.world.templateId, version: '9', description: '9' }],
      ['releases.submit', { appid }],
      ['releases.withdraw', { appid }],
      ['releases.release', { appid }],
      ['releases.rollback', { appid }],
      ['miniprograms.bindTester', { appid, wechatId: 'w_12345' }],
      ['rollouts.create', { name: 'r', templateId: stage.world.templateId, version: '9', description: '9', all: true }],
      ['rollouts.release', { rolloutId: 'r' }],
      ['admins.put', { id: VIEWER, role: 'owner' }],
      ['admins.list', {}],
    ] as const)
      assert.equal(await viewer.call(operation, input), 'PERMISSION_DENIED', operation)
    await viewer.close()
  })

  test('a stranger sees only how to be let in, and an owner lets them in', { skip }, async () => {
    const stranger = await stage.open(STRANGER)
    for (const url of [
      '/pages/overview/overview',
      '/pages/merchants/merchants',
      '/pages/me/me',
      `/packages/releases/rejection/rejection?appid=${stage.world.rejected}`,
    ]) {
      await stranger.open(url)
      await stranger.see('还没有开通权限')
      assert.doesNotMatch(await stranger.text(), /山野咖啡|青禾花店/)
    }
    await stranger.open('/pages/overview/overview')
    await stranger.see('还没有开通权限')
    await stranger.picture('stranger')
    await stranger.tap('复制 OPENID')
    assert.equal(await stranger.copied(), STRANGER)

    await stage.owner.open('/pages/me/me')
    await stage.owner.tap('成员')
    await stage.owner.fill('对方发来的 OPENID', STRANGER)
    await stage.owner.fill('选填', '小林')
    await stage.owner.frame.getByText('观察者', { exact: true }).first().tap()
    await stage.owner.tap('添加成员')
    await stage.owner.see('小林 将成为观察者。')
    await stage.owner.tap('添加成员')
    await stage.owner.see('小陈')
    await stage.owner.see(/^小林$/)
    const { items } = await stage.platform.tell('admins.list')
    const person = Array.isArray(items) ? items.find(({ id }) => id === STRANGER) : undefined
    assert.deepEqual(person, { id: STRANGER, role: 'viewer', name: '小林' })
    await stranger.close()
  })
}
