import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startDemo, type Demo } from '../../../local/demo/demo.ts'
import { buildFunctions } from '../../../scripts/build/build.ts'
import { tellDemo } from '../../fixtures/demo.ts'

let demo: Demo
before(async () => {
  await buildFunctions()
  demo = await startDemo({ port: 0, history: false, codeScanSeconds: 0 })
})
after(() => demo.close())

interface Pressed {
  readonly ok: boolean
  readonly outcome?: { readonly zh: string; readonly en: string }
  readonly error?: { readonly code: string }
}

const press = async (action: string, input: object = {}): Promise<Pressed> => {
  const response = await fetch(`${demo.url}demo/actions/${action}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  const pressed: Pressed = JSON.parse(await response.text())
  return pressed
}

interface State {
  readonly merchants: readonly {
    readonly appid: string
    readonly nickName: string
    readonly businessId?: string
    readonly standing?: string
    readonly can: readonly string[]
  }[]
  readonly invited: readonly { readonly businessId: string; readonly shopName: string }[]
  readonly audits: readonly { readonly nickName: string; readonly version: string }[]
  readonly tickets: { readonly running: boolean }
  readonly quota: { readonly left: number }
  readonly wechat: { readonly down: boolean; readonly whitelistClosed: boolean }
}

const readState = async (): Promise<State> => {
  const state: State = JSON.parse(await (await fetch(`${demo.url}demo/state`)).text())
  return state
}

const merchant = async (nickName: string) => {
  const found = (await readState()).merchants.find((one) => one.nickName === nickName)
  assert.ok(found, nickName)
  return found
}

const tell = <T = Readonly<Record<string, unknown>>>(operation: string, input: object = {}): Promise<T> =>
  tellDemo(demo, operation, input)

const problems = async (): Promise<string[]> => {
  const status = await tell<{ problems: { code: string }[] }>('platform.status')
  return status.problems.map(({ code }) => code).toSorted()
}

test('a merchant comes through an invitation that the operator made, leaves, and comes back', async () => {
  await tell('bindings.createLink', { businessId: 'shop-001', attributes: { shopName: '王记面馆', table: '8' } })
  assert.deepEqual((await readState()).invited, [{ businessId: 'shop-001', shopName: '王记面馆' }])
  const { appid } = await merchant('王记面馆')
  assert.equal((await press('scan', { appid, businessId: 'shop-001' })).ok, true)
  const binding = await tell('bindings.get', { businessId: 'shop-001' })
  assert.equal(binding['status'], 'bound')
  assert.deepEqual(binding['attributes'], { shopName: '王记面馆', table: '8' })
  assert.deepEqual((await readState()).invited, [])

  await press('withdraw', { appid })
  assert.equal((await merchant('王记面馆')).standing, 'revoked')
  await press('scan', { appid, businessId: 'shop-001', withoutDevelopment: true })
  assert.deepEqual((await tell('authorizers.get', { appid }))['missing'], [18])
  await press('scan', { appid, businessId: 'shop-001' })
  assert.deepEqual((await tell('authorizers.get', { appid }))['missing'], [])
  await press('withholdDevelopment', { appid })
  assert.deepEqual((await tell('authorizers.get', { appid }))['missing'], [18])
})

test('an account that another business has is not moved, and the outcome says so', async () => {
  const { appid } = await merchant('青禾书店')
  await press('scan', { appid, businessId: 'shop-002' })
  const { outcome } = await press('scan', { appid, businessId: 'shop-999' })
  assert.match(outcome?.en ?? '', /did not bind it to shop-999: CONFLICT/)
})

test('the reviewer decides what was submitted; nothing under review is refused as WeChat does', async () => {
  const { appid } = await merchant('南山花坊')
  await press('scan', { appid, businessId: 'shop-003' })
  await press('uploadDraft', { version: '1.3.0', description: '储值' })
  const drafts = await tell<{ items: { draft_id: number; user_version: string }[] }>('templates.listDrafts')
  assert.equal(drafts.items[0]?.user_version, '1.3.0')
  const { templateId } = await tell('templates.promote', { draftId: drafts.items[0]?.draft_id })
  await tell('releases.commit', { appid, templateId, version: '1.3.0', description: '储值' })
  const stateOf = async () => (await tell('releases.status', { appid }))['state']
  await tell('releases.submit', { appid })
  assert.deepEqual(
    (await readState()).audits.map(({ nickName, version }) => [nickName, version]),
    [['南山花坊', '1.3.0']],
  )
  await press('delay', { appid })
  assert.equal(await stateOf(), 'delayed')
  await press('reject', { appid, reason: '类目不符' })
  const rejected = await tell<{ state: string; screenshots: string[] }>('releases.status', { appid })
  assert.equal(rejected.state, 'rejected')
  assert.equal(rejected.screenshots.length, 1)
  await tell('releases.submit', { appid })
  await press('approveAll')
  assert.equal(await stateOf(), 'approved')
  assert.equal((await press('approve', { appid })).error?.code, 'WECHAT_REJECTED')
})

test('verdicts come by themselves when the visitor wants it so', async () => {
  const { appid } = await merchant('小巷咖啡')
  await press('scan', { appid, businessId: 'shop-004' })
  const { items } = await tell<{ items: { template_id: number }[] }>('templates.list')
  await tell('releases.commit', { appid, templateId: items[0]?.template_id, version: '1.3.0', description: '储值' })
  await press('setPace', { verdictSeconds: 1, rejectEvery: 1 })
  await tell('releases.submit', { appid })
  while ((await tell('releases.status', { appid }))['state'] === 'auditing')
    await new Promise((resolve) => setTimeout(resolve, 100))
  assert.equal((await tell('releases.status', { appid }))['state'], 'rejected')
  await press('setPace', { verdictSeconds: null })
})

test('what is broken shows as a problem of the platform, and its cure ends it', async () => {
  await press('stopTickets')
  assert.deepEqual(await problems(), ['BINDING_CONFLICT', 'TICKET_OVERDUE'])
  assert.equal((await readState()).tickets.running, false)
  await press('resumeTickets')
  assert.deepEqual(await problems(), ['BINDING_CONFLICT'])

  await press('closeWhitelist')
  assert.ok((await problems()).includes('ADDRESS_NOT_ALLOWED'))
  assert.equal((await readState()).wechat.whitelistClosed, true)
  await press('openWhitelist')
  assert.deepEqual(await problems(), ['BINDING_CONFLICT'])

  const { appid } = await merchant('小巷咖啡')
  await press('killRefreshToken', { appid })
  assert.ok((await problems()).includes('REAUTHORIZATION_REQUIRED'))
  assert.equal((await merchant('小巷咖啡')).standing, 'reauthorize')
  await press('scan', { appid, businessId: 'shop-004' })
  assert.deepEqual(await problems(), ['BINDING_CONFLICT'])
})

test('a token that WeChat voids early is renewed once, and the call succeeds', async () => {
  // Nobody has authorized it anew meanwhile: an instance may remember a token for a minute.
  const { appid } = await merchant('南山花坊')
  const { outcome } = await press('expireToken', { appid })
  assert.match(outcome?.en ?? '', /renewed it once\. The next call of the platform succeeded/)
})

test('quota and WeChat itself come and go', async () => {
  await press('spendQuota')
  assert.equal((await readState()).quota.left, 0)
  await press('restoreQuota')
  assert.ok((await readState()).quota.left > 900)
  const { outcome } = await press('takeWechatDown')
  assert.match(outcome?.en ?? '', /got WECHAT_UNAVAILABLE/)
  assert.equal((await readState()).wechat.down, true)
  await press('bringWechatUp')
  assert.equal((await readState()).wechat.down, false)
})

test('pushes that come again have one effect', async () => {
  const { outcome } = await press('pushAgain')
  assert.match(outcome?.en ?? '', /^Pushes sent once more: 5 \(.*\); the list of events grew by 0\.$/)
})

test('those who watch over mini programs punish, refuse and end things: each is a problem of the merchant', async () => {
  const { appid } = await merchant('小巷咖啡')
  const ofThis = async (): Promise<string[]> => {
    const { items } = await tell<{ items: { code: string; appid?: string }[] }>('problems.list', { appid })
    return items.map(({ code }) => code).toSorted()
  }
  for (const action of ['announcePunishment', 'punish', 'refuseFiling'])
    assert.equal((await press(action, { appid })).ok, true, action)
  await press('runTimers')
  assert.deepEqual(await ofThis(), ['ACCOUNT_PUNISHED', 'FILING_REFUSED', 'PUNISHMENT_ANNOUNCED'])
  assert.equal((await press('acceptName', { appid })).error?.code, 'WECHAT_REJECTED')
  await tell('names.set', { appid, body: { nick_name: '小巷手冲咖啡' } })
  assert.equal((await press('refuseName', { appid })).ok, true)
  await tell('names.set', { appid, body: { nick_name: '小巷手冲咖啡' } })
  assert.equal((await press('acceptName', { appid })).ok, true)
  assert.equal((await merchant('小巷手冲咖啡')).appid, appid)
})
