import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { insertRows } from '../../local/database/edit-rows.ts'
import { openDirectCalls, type DirectCalls } from '../fixtures/direct-calls.ts'
import { editRows, rowsOf } from '../fixtures/interference.ts'
import { COMPONENT, postSealed } from '../fixtures/pushes.ts'
import { authorizedMerchant, callsOf, makeDue, makeTemplate } from '../fixtures/shop.ts'
import { startSubscriber, type Subscriber } from '../fixtures/subscriber.ts'

/* What many merchants or a slow WeChat make long shares the minute with the rest, and is gone on with. */

let business: Subscriber
let direct: DirectCalls
before(async () => {
  business = await startSubscriber()
  direct = await openDirectCalls(business.platform)
})
after(async () => {
  direct.close()
  await business.close()
})

const LIMIT_MS = 9000

/** A run of the queue that has a few seconds only; its steps share them as they share a minute. */
async function runShortly(): Promise<Readonly<Record<string, unknown>>> {
  const context = { time_limit_in_ms: LIMIT_MS, environment: JSON.stringify({ TRIGGER_SRC: 'timer' }) }
  return JSON.parse(await direct.call('processQueue', { event: { Type: 'Timer' }, context }))
}

test('120 slow authorizations keep neither a rollout nor an event from its minute', async () => {
  const { platform, server } = business
  const { control } = platform.wechat
  const appid = await authorizedMerchant(platform)
  const templateId = await makeTemplate(platform)
  const { rolloutId } = await platform.tell('rollouts.create', {
    name: '新版',
    templateId,
    version: '1.0.0',
    description: '新版',
    appids: [appid],
  })
  await business.subscribe({ type: 'binding.bound' })
  await platform.tell('bindings.bind', { businessId: 'shop', appid })

  const path = '/cgi-bin/component/api_query_auth'
  await control.addFault({ path, drop: 'before' })
  const CreateTime = String(Math.floor(Date.now() / 1000))
  const authorized = Array.from({ length: 120 }, (_, index) => ({
    AppId: COMPONENT,
    CreateTime,
    InfoType: 'authorized',
    AuthorizerAppid: `wxslow${String(index).padStart(12, '0')}`,
    AuthorizationCode: `queryauthcode@@@slow-${index}`,
  }))
  await Promise.all(authorized.map((fields) => postSealed(`${platform.host.url}/wechat/component`, fields)))
  await control.clearFaults()
  await control.addFault({ path, delayMs: 2500, errcode: 61_009 })
  await editRows(platform, 'pushes', { type: 'wechat.authorized', state: 'waiting' }, { dueAt: new Date(1000) })
  await makeDue(platform)

  const { rolloutItems, deliveries, remaining } = await runShortly()
  assert.ok(Number(remaining) > 0, 'the slow ones are not finished yet')
  assert.ok(Number(rolloutItems) > 0 && Number(deliveries) > 0)
  const { items } = await platform.tell('rollouts.items', { rolloutId })
  assert.notEqual(Object(items)[0].state, 'pending')
  assert.deepEqual(
    server.accepted.map(({ type, appid: about }) => [type, about]),
    [['binding.bound', appid]],
  )
  await control.clearFaults()
  await editRows(platform, 'pushes', { type: 'wechat.authorized' }, { state: 'done', dueAt: null })
})

/** Of 500 merchants each; every page takes a second. A larger fleet takes a minute of the suite. */
const PAGES = process.env.EVERY_QUESTION === '1' ? 40 : 10

test('a long list of merchants is compared over several runs, and none begins anew', async () => {
  const { platform } = business
  const { control } = platform.wechat
  const [known] = rowsOf(platform, 'authorizers').filter(({ status }) => status === 'active')
  assert.ok(known)
  const merchants = await control.createMerchants({ count: 500 * PAGES, granted: true })
  const rows = merchants.map(({ appid }) => ({ ...known, _id: appid }))
  for (let from = 0; from < rows.length; from += 1000)
    await insertRows(platform.host.database, 'authorizers', rows.slice(from, from + 1000))
  await control.resetCalls()
  const path = '/cgi-bin/component/api_get_authorizer_list'
  await control.addFault({ path, delayMs: 1000 })

  const placeNow = (): unknown => rowsOf(platform, 'platform').find(({ _id }) => _id === 'sync')?.['offset']
  await editRows(platform, 'platform', { _id: 'component' }, { 'turns.sync': new Date(1000) })
  const places: unknown[] = []
  for (let place: unknown = 0; place !== undefined && places.length < 2 * PAGES;) {
    await runShortly()
    place = placeNow()
    places.push(place)
  }
  assert.ok(places.length > 1 && places.at(-1) === undefined, `it ended after ${places.join()}`)
  // The page at which a run stopped is read once more.
  const pages = (await callsOf(platform))[path] ?? 0
  assert.ok(pages > PAGES && pages <= PAGES + places.length, `${pages} pages in ${places.length} runs`)
})
