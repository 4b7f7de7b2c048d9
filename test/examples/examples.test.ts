import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { newMerchant } from '../fixtures/authorizations.ts'
import { freePort } from '../fixtures/free-port.ts'
import { editRows } from '../fixtures/interference.ts'
import { openBrowser, wechatLinkIn } from '../fixtures/merchant.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { runProgram, type RunningProgram } from '../fixtures/running-program.ts'
import { openShop } from '../fixtures/shop.ts'

/* The programs in examples/, started as their READMEs say, with the local host and the simulated WeChat. */

let platform: LocalPlatform
let operatorKey = ''
let ownerKey = ''
const running: RunningProgram[] = []

before(async () => {
  platform = await startPlatform({ env: { WEBHOOK_ALLOW_PRIVATE: 'true' } })
  const newKey = async (role: string) => String((await platform.tell('apiKeys.create', { name: role, role }))['key'])
  operatorKey = await newKey('operator')
  ownerKey = await newKey('owner')
})
after(async () => {
  for (const program of running) program.stop()
  await platform.close()
})

function start(script: string, args: string[], env: object): RunningProgram {
  const access = { MINIFLEET_URL: platform.host.url, MINIFLEET_KEY: operatorKey }
  const program = runProgram([process.execPath, '--import', 'tsx', `examples/${script}`, ...args], {
    ...access,
    ...env,
  })
  running.push(program)
  return program
}

async function outputOf(
  script: string,
  args: string[],
  env: object,
): Promise<{ status: number; lines: readonly string[] }> {
  const program = start(script, args, env)
  return { status: await program.ended, lines: program.lines }
}

test('the sign-up page: a shop signs up, connects its mini program, and the page and the events say so', async () => {
  // A port that is free now; the subscription has to name it before the server knows the secret.
  const port = await freePort()
  const shopUrl = `http://127.0.0.1:${port}`
  platform.env['RETURN_URL_ORIGINS'] = shopUrl
  const subscribed = await outputOf('sign-up-page/subscribe.ts', [`${shopUrl}/minifleet/events`], {
    MINIFLEET_OWNER_KEY: ownerKey,
  })
  const [secret = ''] = subscribed.lines
  assert.match(secret, /^whsec_/)
  const server = start('sign-up-page/server.ts', [], { PORT: String(port), MINIFLEET_WEBHOOK_SECRET: secret })
  await server.waitFor(/^http:/)

  const signedUp = await fetch(`${shopUrl}/shops`, { method: 'POST', body: new URLSearchParams({ name: '<花店>' }) })
  const shopPage = signedUp.url
  const businessId = shopPage.split('/').at(-1) ?? ''
  const pending = await signedUp.text()
  assert.match(pending, /&lt;花店&gt;/)
  assert.match(pending, /等待授权/)
  const inviteUrl = /href="([^"]+)"/.exec(pending)?.[1] ?? ''

  const browser = openBrowser()
  const link = wechatLinkIn((await browser.get(inviteUrl)).body)
  const appid = await newMerchant(platform, { nickName: '花店小程序' })
  const { redirectUrl = '' } = await platform.wechat.control.authorize({
    preAuthCode: link.searchParams.get('pre_auth_code') ?? '',
    redirectUri: link.searchParams.get('redirect_uri') ?? '',
    appid,
  })
  const back = (await browser.get(redirectUrl)).headers.get('location') ?? ''
  assert.equal(back, `${shopPage}?businessId=${businessId}&appid=${appid}&status=bound`)
  const bound = await (await fetch(back)).text()
  assert.match(bound, /已接入/)
  assert.match(bound, /花店小程序/)
  assert.equal((await platform.tell('bindings.get', { businessId }))['status'], 'bound')

  await platform.wechat.control.settle()
  await platform.host.fireTimer('processQueue')
  assert.equal(await server.waitFor(/^binding.bound/), `binding.bound ${businessId} bound ${appid}`)
  await platform.wechat.control.unauthorize(appid)
  await platform.wechat.control.settle()
  await platform.host.fireTimer('processQueue')
  await server.waitFor(/^binding.revoked/)
  const revoked = await (await fetch(shopPage)).text()
  assert.match(revoked, /授权已取消/)
  const again = await (await fetch(`${shopPage}/link`, { method: 'POST' })).text()
  assert.match(again, /href="http:\/\/127\.0\.0\.1:\d+\/auth\/start/)

  const forged = { id: 'msg_x', type: 'binding.bound', timestamp: new Date().toISOString(), businessId, data: {} }
  const headers = { 'webhook-id': 'msg_x', 'webhook-timestamp': String(Math.floor(Date.now() / 1000)) }
  for (const signature of [{}, { 'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}` }])
    assert.equal(
      (
        await fetch(`${shopUrl}/minifleet/events`, {
          method: 'POST',
          body: JSON.stringify(forged),
          headers: { ...headers, ...signature },
        })
      ).status,
      401,
    )
  assert.equal(server.lines.filter((line) => line.startsWith('binding.bound')).length, 1)
})

/** Minutes of the platform go by while the job runs. */
async function finish(
  program: RunningProgram,
  eachMinute: () => Promise<unknown> = async () => undefined,
): Promise<number> {
  for (;;) {
    const status = await Promise.race([program.ended, pause(50, undefined)])
    if (status !== undefined) return status
    for (const collection of ['rollouts', 'rolloutItems', 'releases'])
      await editRows(platform, collection, { dueAt: { $gt: new Date(0) } }, { dueAt: new Date(1000) })
    await platform.host.fireTimer('processQueue')
    await eachMinute()
  }
}

const rolloutOf = (program: RunningProgram) => /rollout (\S+)/.exec(program.lines.join('\n'))?.[1]

const job = (version: string, ...args: string[]) =>
  start('ship-template/ship.ts', ['--version', version, '--description', '新版', '--every', '0.1', ...args], {})

test('the CI job ships a template and its exit status says how it went', async () => {
  const { control } = platform.wechat
  const appids = [await openShop(platform), await openShop(platform)]
  const [first = '', second = ''] = appids
  await control.settle()
  const to = appids.flatMap((appid) => ['--appid', appid])
  await control.createDraft({ userVersion: '3.0.0', userDesc: '新版' })

  const submitted = job('3.0.0', ...to)
  assert.equal(await finish(submitted), 0, submitted.lines.join('\n'))
  assert.match(submitted.lines.join('\n'), /2 auditing/)

  // Run again it goes on with the same template and rollout.
  await control.passAudit(first)
  await control.rejectAudit({ appid: second, reason: '1:类目不符' })
  const again = job('3.0.0', ...to, '--until', 'done')
  assert.equal(await finish(again), 1, again.lines.join('\n'))
  assert.equal(rolloutOf(again), rolloutOf(submitted))
  assert.match(again.lines.join('\n'), new RegExp(`${second} rejected: .*类目不符`))

  await control.createDraft({ userVersion: '3.1.0', userDesc: '新版' })
  const released = job('3.1.0', '--appid', first, '--auto-release', '--until', 'done')
  const pass = () => control.passAudit(first).catch(() => undefined)
  assert.equal(await finish(released, pass), 0, released.lines.join('\n'))
  assert.match(released.lines.join('\n'), /completed, wave 1 of 1: 1 released/)

  await control.createDraft({ userVersion: '3.2.0', userDesc: '新版' })
  await control.addFault({ path: '/wxa/commit', appid: first, errcode: 85043 })
  const paused = job('3.2.0', '--appid', first, '--max-failures', '0')
  assert.equal(await finish(paused), 3, paused.lines.join('\n'))

  const [never, wrong] = [job('9.9.9', '--all'), job('3.2.0', '--all', '--appid', first)]
  assert.deepEqual(await Promise.all([never.ended, wrong.ended]), [2, 2])
  assert.match(never.lines.join('\n'), /No draft has the version 9\.9\.9/)
  assert.match(wrong.lines.join('\n'), /Say to whom/)
})
