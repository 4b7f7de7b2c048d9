import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { test } from 'node:test'
import { demoOwner } from '../../../local/demo/credentials.ts'
import { startDemo, type Demo } from '../../../local/demo/demo.ts'
import { buildFunctions } from '../../../scripts/build/build.ts'

const ask = (demo: Demo, operation: string, input: object): Promise<unknown> =>
  demo.host.invoke('manage', { operation, input }, { openid: demoOwner })

const nameOf = async (demo: Demo, appid: string): Promise<unknown> =>
  Object(Object(await ask(demo, 'authorizers.get', { appid })).data).nickName

test('a demo that is kept in a folder goes on where it was: accounts, tokens and what WeChat remembers', async () => {
  await buildFunctions()
  const dataFolder = await mkdtemp(join(tmpdir(), 'demo-'))
  const options = { port: 0, dataFolder, history: false }
  const first = await startDemo(options)
  const { appid } = await first.wechat.control.createMerchant({ nickName: '留下来的店' })
  const { value: preAuthCode } = await first.wechat.control.createPreAuthCode()
  await first.wechat.control.authorize({ preAuthCode, appid })
  assert.equal(await nameOf(first, appid), '留下来的店')
  const merchants = (await first.wechat.control.merchants()).length
  await first.close()

  const second = await startDemo(options)
  assert.equal((await second.wechat.control.merchants()).length, merchants)
  assert.equal(await nameOf(second, appid), '留下来的店')
  // Its token is opened with the same key and taken by the same WeChat.
  assert.equal(Object(await ask(second, 'releases.categories', { appid })).ok, true)
  await second.close()
  await rm(dataFolder, { recursive: true })
})

const post = ({ url }: Demo, origin?: string): Promise<Response> =>
  fetch(`${url}demo/reset`, { method: 'POST', headers: origin === undefined ? {} : { origin } })

test('the button that begins anew is there only where somebody listens', async () => {
  let resets = 0
  const deaf = await startDemo({ port: 0, history: false })
  assert.equal((await post(deaf)).status, 404)
  await deaf.close()
  const listening = await startDemo({ port: 0, history: false, onReset: () => (resets += 1) })
  assert.equal((await post(listening, 'https://evil.example')).status, 403)
  assert.equal((await post(listening)).status, 200)
  await new Promise((resolve) => setTimeout(resolve, 300))
  assert.equal(resets, 1)
  await listening.close()
})
