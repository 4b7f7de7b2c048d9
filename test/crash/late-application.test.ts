import assert from 'node:assert/strict'
import { test } from 'node:test'
import { startCrashPlatform } from '../fixtures/crash.ts'
import { authorizedMerchant } from '../fixtures/shop.ts'
import { editRows, killInstances } from '../fixtures/interference.ts'

const REFRESH = '/cgi-bin/component/api_authorizer_token'

for (const refreshTokens of ['stay', 'rotateWithGrace', 'rotateAtOnce'] as const)
  test(`WeChat applies a refresh after we gave it up (${refreshTokens}): healed without the merchant`, async () => {
    const platform = await startCrashPlatform({ wechat: { refreshTokens } })
    try {
      const appid = await authorizedMerchant(platform)
      await editRows(platform, 'authorizers', { _id: appid }, { expiresAt: new Date(1000) })
      await platform.wechat.control.expireToken({ owner: appid })
      await killInstances(platform)
      await platform.wechat.control.addFault({ path: REFRESH, appid, delayMs: 9000, times: 1 })
      const answer = await platform.ask('tokens.authorizer', { appid })
      assert.equal(answer.ok ? '' : answer.error.code, 'WECHAT_UNAVAILABLE')
      await platform.passTime(60)
      assert.equal((await platform.ask('tokens.authorizer', { appid })).ok, true)
      // The call that was given up takes effect at WeChat now.
      await new Promise((resolve) => setTimeout(resolve, 1500))
      await platform.passTime(700)
      await platform.host.fireTimer('refreshTokens')
      await killInstances(platform)
      assert.equal((await platform.ask('releases.quota', { appid })).ok, true)
      assert.equal((await platform.tell('authorizers.get', { appid }))['status'], 'active')
    } finally {
      await platform.close()
    }
  })
