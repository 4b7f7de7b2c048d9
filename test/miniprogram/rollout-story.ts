import assert from 'node:assert/strict'
import { test } from 'node:test'
import { runQueue } from '../fixtures/shop.ts'
import { skip, stage } from './stage.ts'

export const tellRolloutStory = (): void => {
  test('roll out: wave by wave with live progress, paused, resumed and released', { skip }, async () => {
    await stage.operator.open('/pages/rollouts/rollouts')
    await stage.operator.tap('新建批量发布')
    await stage.operator.fill('如 春节版', '春节版')
    await stage.operator.fill('如 1.2.0', '2.5.0')
    await stage.operator.tap('按线上版本')
    await stage.operator.fill('如 1.1.0', '2.4.0')
    await stage.operator.tap('一次全部')
    await stage.operator.tap('开始')
    await stage.operator.see('范围：线上版本为 2.4.0 的商户')
    await stage.operator.tap('开始')
    await stage.operator.see('待处理 2')

    await stage.operator.tap('暂停')
    await stage.operator.see('不再开始新的步骤，进行中的审核不受影响。')
    await stage.operator.tap('暂停')
    await stage.operator.see('已暂停')
    await stage.operator.tap('继续')
    await stage.operator.tap('继续')
    await stage.operator.see('进行中')

    const [{ rolloutId }] = Object((await stage.platform.tell('rollouts.list', {}))['items'])
    await stage.platform.tell('rollouts.setGuard', { rolloutId, guard: { then: 'pause' } })
    await runQueue(stage.platform)
    await stage.operator.wait(5000)
    await stage.operator.see('审核中 2')
    await stage.operator.see('守护：观察中')
    await stage.platform.tell('rollouts.setGuard', { rolloutId, guard: null })
    await stage.platform.wechat.control.passAudit(stage.world.approved)
    await stage.platform.wechat.control.passAudit(stage.world.fresh)
    await stage.passTime()
    await stage.operator.wait(5000)
    await stage.operator.see('全部上线')
    await stage.operator.picture('rollout')
    await stage.operator.tap('全部上线')
    await stage.operator.see('2 个已通过的商户将立即更新到 2.5.0。')
    await stage.operator.tap('上线')
    await stage.operator.hear('已开始上线')
    await stage.passTime()
    await stage.operator.wait(5000)
    await stage.operator.see('已完成')
    assert.equal((await stage.onWechat(stage.world.fresh)).live?.version, '2.5.0')
  })
}
