import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { databaseCalls, editRows, rowsOf } from '../fixtures/interference.ts'
import { namedIn } from '../../shared/domain/callers/reach.ts'
import { allOperations } from '../../shared/domain/operations/table.ts'
import { exampleOf } from '../../shared/entry/examples.ts'
import { inputSchema } from '../../shared/entry/json-schema.ts'
import { openAgent } from '../fixtures/agent.ts'
import { readSampleInputs } from '../fixtures/sample-inputs.ts'
import { OWNER, startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant, makeTemplate } from '../fixtures/shop.ts'

/* What a key limited to some accounts reads and changes, how keys end, and what lesser roles are shown. */

let platform: LocalPlatform
let mine = ''
let other = ''
before(async () => {
  platform = await startPlatform({ host: { maxInstances: 1 }, env: { WEBHOOK_ALLOW_PRIVATE: 'true' } })
  mine = await authorizedMerchant(platform)
  other = await authorizedMerchant(platform)
  await platform.tell('bindings.bind', { businessId: 'biz-mine', appid: mine })
  await platform.tell('bindings.bind', { businessId: 'biz-other', appid: other })
})
after(() => platform.close())

interface Answer {
  readonly ok: boolean
  readonly data?: Readonly<Record<string, unknown>>
  readonly error?: { readonly code: string; readonly field?: string }
}

async function newKey(given: object = {}): Promise<string> {
  return String((await platform.tell('apiKeys.create', { name: 'test', role: 'owner', ...given }))['key'])
}

async function call(key: string, operation: string, input: object = {}): Promise<Answer> {
  const response = await fetch(`${platform.host.url}/api/v1/${operation}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(input),
  })
  return JSON.parse(await response.text())
}

const codeOf = ({ ok, error }: Answer): string => (ok ? 'ok' : [error?.code, error?.field].filter(Boolean).join(' '))

const itemsOf = ({ data }: Answer): readonly Readonly<Record<string, unknown>>[] => Object(data?.['items'] ?? [])

const ask = async (key: string, operation: string, input: object = {}): Promise<string> =>
  codeOf(await call(key, operation, input))

test('a limited key changes nothing on the other side of a binding, nor behind any other id', async () => {
  const narrow = await newKey({ appids: [mine] })
  const rolloutOf = async (appids: readonly string[]): Promise<string> => {
    const given = { name: 'x', templateId: await makeTemplate(platform), version: '1.0.0', description: 'x', appids }
    return String((await platform.tell('rollouts.create', given))['rolloutId'])
  }
  const [own, mixed] = [await rolloutOf([mine]), await rolloutOf([mine, other])]
  const subscribe = async (match: object): Promise<unknown> =>
    (await platform.tell('subscriptions.put', { url: 'http://127.0.0.1:1/', match }))['subscriptionId']
  const [ownSubscription, wide] = [await subscribe({ appid: mine }), await subscribe({})]
  const ownKey = (await newKey({ appids: [mine] })).split('_')[1]
  const wideKey = (await newKey({ appids: [mine, other] })).split('_')[1]
  const image = { base64: 'iVBORw0KGgo=' }
  const template = { templateId: 1, version: '1.0.0', description: 'x', name: 'x' }
  const denied = 'PERMISSION_DENIED'
  const rows: readonly [operation: string, input: object, expected: string][] = [
    ['bindings.bind', { businessId: 'biz-other', appid: mine, replace: true }, `${denied} appids`],
    ['bindings.bind', { businessId: 'biz-other', appid: mine }, `${denied} appids`],
    ['bindings.bind', { businessId: 'biz-mine', appid: other, replace: true }, `${denied} appid`],
    ['bindings.bind', { businessId: 'biz-mine', authCode: 'queryauthcode@@@x' }, `${denied} appids`],
    ['bindings.unbind', { businessId: 'biz-other' }, `${denied} appids`],
    ['bindings.get', { businessId: 'biz-other' }, `${denied} appids`],
    ['bindings.get', { businessId: 'nobody' }, `${denied} appids`],
    ['bindings.get', { businessId: 'biz-mine' }, 'ok'],
    ['bindings.createLink', { businessId: 'biz-other', appid: mine }, `${denied} appids`],
    ['bindings.createLink', { businessId: 'nobody' }, `${denied} appids`],
    ['bindings.createLink', { businessId: 'biz-mine' }, 'ok'],
    ['rollouts.get', { rolloutId: own }, 'ok'],
    ['rollouts.get', { rolloutId: mixed }, `${denied} appids`],
    ['rollouts.pause', { rolloutId: mixed }, `${denied} appids`],
    ['rollouts.rollback', { rolloutId: mixed }, `${denied} appids`],
    ['rollouts.rejections', { rolloutId: mixed }, `${denied} appids`],
    ['rollouts.list', {}, `${denied} appids`],
    ['rollouts.create', { ...template, all: true }, `${denied} appids`],
    ['rollouts.create', { ...template, filter: { liveVersion: '1' } }, `${denied} appids`],
    ['rollouts.create', { ...template, appids: [mine, other] }, `${denied} appids`],
    ['rollouts.create', { ...template, appids: [mine], ext: { appid: other, deep: { appids: [other] } } }, 'ok'],
    ['subscriptions.put', { url: 'http://127.0.0.1:1/', match: { appid: mine } }, 'ok'],
    ['subscriptions.put', { url: 'http://127.0.0.1:1/', match: { appid: other } }, `${denied} match.appid`],
    [
      'subscriptions.put',
      { subscriptionId: wide, url: 'http://127.0.0.1:1/', match: { appid: mine } },
      `${denied} appids`,
    ],
    ['subscriptions.delete', { subscriptionId: wide }, `${denied} appids`],
    ['subscriptions.test', { subscriptionId: ownSubscription }, 'ok'],
    ['subscriptions.redeliver', { deliveryId: 'nobody' }, `${denied} appids`],
    ['apiKeys.revoke', { keyId: wideKey }, `${denied} appids`],
    ['apiKeys.revoke', { keyId: ownKey }, 'ok'],
    ['apiKeys.list', {}, `${denied} appids`],
    ['releases.uploadMedia', { appid: mine, fileId: `cloud://env.x/review/${other}/a.png` }, `${denied} appids`],
    ['releases.uploadMedia', { appid: mine, fileId: 'cloud://env.x/a.png' }, `${denied} appids`],
    ['releases.uploadMedia', { appid: other, ...image }, `${denied} appid`],
    [
      'wechat.call',
      { appid: mine, path: '/wxa/x', body: { list: [{ deep: { appid: other } }] } },
      `${denied} body.list.0.deep.appid`,
    ],
    ['wechat.call', { appid: mine, path: '/wxa/x', query: { appid: other } }, `${denied} query.appid`],
    ['admins.me', {}, 'ok'],
    ['templates.list', {}, 'ok'],
    ['templates.listDrafts', {}, 'ok'],
    ['authorizers.sync', {}, `${denied} appids`],
    ['platform.status', {}, `${denied} appids`],
    ['tokens.component', {}, `${denied} appids`],
  ]
  for (const [operation, input, expected] of rows)
    assert.equal(await ask(narrow, operation, input), expected, `${operation} ${JSON.stringify(input)}`)
  assert.equal((await platform.tell('bindings.get', { businessId: 'biz-other' }))['appid'], other)
  assert.equal((await platform.tell('bindings.get', { businessId: 'biz-mine' }))['appid'], mine)
})

type Kind = ReturnType<typeof namedIn>[number]['kind']
type Things = Readonly<Record<Kind, string>>

/** That its authorization was pushed with. */
async function codePushedFor(appid: string): Promise<string> {
  const pushes = await platform.wechat.control.pushes()
  const { message = '' } = pushes.find((push) => push.appid === appid && push.kind === 'authorized') ?? {}
  return /queryauthcode@@@[\w-]+/.exec(message)?.[0] ?? ''
}

/** One of each kind that is this account's. */
async function thingsOf(appid: string, businessId: string): Promise<Things> {
  const idOf = async (operation: string, input: object, name: string): Promise<string> =>
    String((await platform.tell(operation, input))[name])
  const subscription = await idOf(
    'subscriptions.put',
    { url: 'http://127.0.0.1:1/', match: { appid } },
    'subscriptionId',
  )
  const rollout = { name: 'x', templateId: await makeTemplate(platform), version: '1.0.0', description: 'x' }
  // Refused: a problem, which is told.
  await platform.ask('bindings.bind', { businessId: 'biz-unmet', appid })
  await platform.host.fireTimer('processQueue')
  return {
    account: appid,
    business: businessId,
    code: await codePushedFor(appid),
    subscription,
    rollout: await idOf('rollouts.create', { ...rollout, appids: [appid] }, 'rolloutId'),
    delivery: String(rowsOf(platform, 'deliveries').find((row) => row['subscriptionId'] === subscription)?.['_id']),
    invite: await idOf('bindings.createLink', { businessId }, 'inviteId'),
    key: await idOf('apiKeys.create', { name: 'x', role: 'viewer', appids: [appid] }, 'keyId'),
    problem: `BINDING_CONFLICT:${appid}`,
    file: `cloud://env.bucket/review/${appid}/a.png`,
  }
}

type Input = Readonly<Record<string, unknown>>

/** The input with what it names replaced: at this place by what is another's, elsewhere by what is the key's. */
function replaced(value: unknown, things: (field: string, kind: Kind) => string, field = ''): unknown {
  if (Array.isArray(value)) return value.map((item: unknown, index) => replaced(item, things, `${field}.${index}`))
  if (typeof value !== 'object' || value === null) return value
  const kinds = new Map(namedIn(value).map((named) => [named.field, named.kind]))
  return Object.fromEntries(
    Object.entries(value).map(([name, member]: [string, unknown]) => {
      const place = field === '' ? name : `${field}.${name}`
      const kind = kinds.get(name)
      if (kind === undefined) return [name, replaced(member, things, place)]
      return [name, Array.isArray(member) ? [things(place, kind)] : things(place, kind)]
    }),
  )
}

/** Inputs that name what is in this place: as little else as the operation wants. */
function inputsNaming(field: string, whole: Input, required: Input): readonly Input[] {
  const [member = ''] = field.split('.')
  const named = { ...required, [member]: whole[member] }
  const without = (name: string): Input => Object.fromEntries(Object.entries(named).filter(([other]) => other !== name))
  const others = Object.keys(named).filter((name) => name !== member)
  return [named, ...others.map(without)]
}

const isMisshapen = (answer: string): boolean => answer.startsWith('INVALID_ARGUMENT')

/** Of members that stand for each other one goes. */
const withoutAnother = (field: string, whole: Input): readonly Input[] =>
  Object.keys(whole)
    .filter((name) => name !== field.split('.')[0])
    .map((name) => Object.fromEntries(Object.entries(whole).filter(([other]) => other !== name)))

test('the whole table: what is not the key’s own is refused wherever an input names it, and nothing changes', async () => {
  const narrow = await newKey({ appids: [mine] })
  const [own, others] = [await thingsOf(mine, 'biz-mine'), await thingsOf(other, 'biz-other')]
  const required = await readSampleInputs()
  const stored = JSON.stringify(platform.host.database.dump())
  const unasked: string[] = []
  let asked = 0
  for (const [name, { input: schema, reach }] of Object.entries(await allOperations())) {
    const whole: Input = { ...Object(exampleOf(inputSchema(schema), {})) }
    for (const { field, kind } of namedIn(whole)) {
      if (reach && kind !== 'account') continue
      const answersTo = (inputs: readonly Input[]): Promise<readonly string[]> => {
        const named = inputs.map((input) => replaced(input, (place, one) => (place === field ? others : own)[one]))
        return Promise.all(named.map((input) => ask(narrow, name, Object(input))))
      }
      let answers = await answersTo(inputsNaming(field, whole, required[name] ?? {}))
      if (answers.every(isMisshapen)) answers = await answersTo(withoutAnother(field, whole))
      asked += 1
      // One of them has the right shape.
      if (answers.every(isMisshapen)) unasked.push(`${name} ${field}`)
      const odd = answers.filter((answer) => !/^PERMISSION_DENIED|^INVALID_ARGUMENT/.test(answer))
      assert.deepEqual(odd, [], `${name} ${field}`)
    }
    if (namedIn(whole).length > 0 || reach) continue
    assert.match(await ask(narrow, name, required[name] ?? {}), /^PERMISSION_DENIED/, name)
  }
  assert.deepEqual(unasked, [])
  assert.ok(asked > 100)
  assert.equal(JSON.stringify(platform.host.database.dump()), stored)
  // The same, of its own, is let in: what stops it then is something else.
  for (const [operation, input] of [
    ['bindings.get', { businessId: own.business }],
    ['rollouts.rejections', { rolloutId: own.rollout }],
    ['subscriptions.redeliver', { deliveryId: own.delivery }],
    ['invites.revoke', { inviteId: own.invite }],
    ['problems.dismiss', { problemId: own.problem }],
    ['apiKeys.revoke', { keyId: own.key }],
    ['bindings.bind', { businessId: own.business, authCode: own.code }],
    ['subscriptions.delete', { subscriptionId: own.subscription }],
  ] as const)
    assert.equal(await ask(narrow, operation, input), 'ok', operation)
})

test('files of others, or of nobody, are not a limited key’s, however they are written', async () => {
  const narrow = await newKey({ appids: [mine] })
  const upload = (fileId: string): Promise<string> => ask(narrow, 'releases.uploadMedia', { appid: mine, fileId })
  for (const path of [
    `review/${other}/a.png`,
    `review/${mine}/../${other}/a.png`,
    `review/${mine}/%2e%2e/${other}/a.png`,
    `review/${mine}/..\\${other}/a.png`,
    `review/${mine}//a.png`,
    `${other}/x/${mine}/a.png`,
    `review/${mine}`,
    'a.png',
  ])
    assert.equal(await upload(`cloud://env.bucket/${path}`), 'PERMISSION_DENIED appids', path)
  assert.match(await upload(`cloud://env.bucket/review/${mine}/a.png`), /^(?!PERMISSION_DENIED)/)
})

test('an agent with a limited key meets its own merchants only: not by words, not by a plan, not through the directory', async () => {
  const agent = await openAgent(platform, await newKey({ appids: [mine] }))
  try {
    const found = async (input: object): Promise<readonly unknown[]> =>
      Object((await agent.call('find_merchants', input)).data['items']).map((one: object) => Object(one).appid)
    assert.deepEqual(await found({}), [mine])
    assert.deepEqual(await found({ words: 'biz-other' }), [])
    assert.deepEqual(await found({ words: other }), [])
    const samples = await readSampleInputs()
    const stored = JSON.stringify(platform.host.database.dump())
    for (const [tool, input] of [
      ['authorizers_get', { appid: other }],
      ['authorizers_timeline', { appid: other }],
      ['bindings_unbind', { businessId: 'biz-other' }],
      ['bindings_bind', { businessId: 'biz-other', appid: mine, replace: true }],
      ['releases_rollback', { appid: other }],
      ['releases_preflight', { appids: [mine, other] }],
      ['rollouts_create', { name: 'x', templateId: 1, version: '1.0.0', description: 'x', all: true }],
      ['rollouts_create', { name: 'x', templateId: 1, version: '1.0.0', description: 'x', appids: [mine, other] }],
      ['explain_problem', { problemId: `BINDING_CONFLICT:${other}` }],
      ['explain_problem', { problemId: 'TICKET_OVERDUE' }],
      ['read_wechat', { operation: 'filings.get', input: { appid: other } }],
      ['change_wechat', { operation: 'pictures.set', input: { ...samples['pictures.set'], appid: other } }],
      ['platform_status', {}],
    ] as const) {
      const { ok, reason } = await agent.call(tool, input)
      assert.deepEqual([ok, reason], [false, 'APPIDS_NOT_COVERED'], `${tool} ${JSON.stringify(input)}`)
    }
    assert.equal(JSON.stringify(platform.host.database.dump()), stored)
  } finally {
    await agent.close()
  }
})

test('a limited key’s call is repeated under its idempotency key when what it was about is gone because of it', async () => {
  const narrow = await newKey({ appids: [mine] })
  await platform.tell('bindings.bind', { businessId: 'biz-mine', appid: mine, replace: true })
  const given = { businessId: 'biz-mine', idempotencyKey: 'unbind-1' }
  const first = await call(narrow, 'bindings.unbind', given)
  assert.equal(codeOf(first), 'ok')
  assert.deepEqual(await call(narrow, 'bindings.unbind', given), first)
  assert.equal(
    await ask(narrow, 'bindings.unbind', { ...given, idempotencyKey: 'unbind-2' }),
    'PERMISSION_DENIED appids',
  )
  await platform.tell('bindings.bind', { businessId: 'biz-mine', appid: mine })
})

test('a viewer reads the domains, testers, quota and gray plan that he may not change', async () => {
  await platform.tell('admins.put', { id: 'o-reader', role: 'viewer' })
  const as = async (operation: string, input: object): Promise<string> => {
    const answer = await platform.ask(operation, input, 'o-reader')
    return answer.ok ? 'ok' : answer.error.code
  }
  const entries = async () => (await platform.tell('activity.list', { who: 'o-reader' }))['items']
  for (const noun of ['platform', 'miniprograms'])
    for (const verb of ['setServerDomains', 'setWebviewDomains']) {
      const account = noun === 'platform' ? {} : { appid: mine }
      assert.equal(await as(`${noun}.${verb}`, { ...account, action: 'get' }), 'ok')
      const change =
        verb === 'setServerDomains' && noun === 'miniprograms'
          ? { requestDomains: ['https://a.example'] }
          : { domains: ['https://a.example'] }
      assert.equal(await as(`${noun}.${verb}`, { ...account, action: 'add', ...change }), 'PERMISSION_DENIED')
    }
  for (const operation of ['miniprograms.listTesters', 'releases.quota', 'releases.getGray'])
    assert.notEqual(await as(operation, { appid: mine }), 'PERMISSION_DENIED', operation)
  // Reading leaves no entry.
  assert.deepEqual(await entries(), [])
})

test('lists of a limited key hold its accounts only', async () => {
  const narrow = await newKey({ appids: [mine] })
  const appidsOf = async (operation: string, input: object = {}): Promise<readonly unknown[]> => [
    ...new Set(itemsOf(await call(narrow, operation, input)).map(({ appid }) => appid)),
  ]
  const lists = ['authorizers.list', 'bindings.list', 'events.list', 'releases.list', 'activity.list']
  for (const operation of lists) {
    assert.ok(
      itemsOf(await call(await newKey(), operation)).some(({ appid }) => appid !== mine) ||
        operation === 'releases.list',
    )
    const found = await appidsOf(operation, { limit: 100 })
    assert.deepEqual(
      found.filter((appid) => appid !== mine),
      [],
      operation,
    )
    assert.equal(
      await ask(narrow, operation, { appid: other }).catch(String),
      operation === 'authorizers.list' || operation === 'bindings.list'
        ? 'INVALID_ARGUMENT appid'
        : 'PERMISSION_DENIED appid',
    )
  }
  assert.deepEqual(await appidsOf('authorizers.list'), [mine])
  assert.deepEqual(await appidsOf('bindings.list'), [mine])
  const rollout = itemsOf(await call(await newKey(), 'rollouts.list')).find(({ total }) => total === 2)
  assert.deepEqual(await appidsOf('rollouts.items', { rolloutId: rollout?.['rolloutId'] }), [mine])
  // Page by page as well.
  const first = await call(narrow, 'activity.list', { limit: 1 })
  assert.equal(itemsOf(first)[0]?.['appid'], mine)
})

const make = (key: string, given: object = {}): Promise<Answer> =>
  call(key, 'apiKeys.create', { name: 'c', role: 'owner', ...given })

test('a key made with a key is bounded by it, and ends with it', async () => {
  const inAnHour = new Date(Date.now() + 3_600_000).toISOString()
  const parent = await newKey({ expiresAt: inAnHour })
  const child = String((await make(parent)).data?.['key'])
  const grandchild = String((await make(child)).data?.['key'])
  const { items } = await platform.tell('apiKeys.list', { limit: 100 })
  const shown: readonly Record<string, unknown>[] = Object(items)
  for (const key of [child, grandchild])
    assert.equal(shown.find(({ keyId }) => keyId === key.split('_')[1])?.['expiresAt'], inAnHour)
  const later = new Date(Date.now() + 7_200_000).toISOString()
  assert.equal(codeOf(await make(parent, { expiresAt: later })), 'PERMISSION_DENIED expiresAt')
  const narrow = await newKey({ appids: [mine] })
  assert.equal(codeOf(await make(narrow)), 'PERMISSION_DENIED appids')
  assert.equal(codeOf(await make(narrow, { appids: [mine, other] })), 'PERMISSION_DENIED appids')
  assert.equal(codeOf(await make(narrow, { appids: [mine] })), 'ok')

  const confirmed = await newKey({ confirmBy: 'person' })
  const { keyId } = Object((await make(confirmed)).data)
  const listed = itemsOf(await call(await newKey(), 'apiKeys.list', { limit: 100 }))
  for (const id of [confirmed.split('_')[1], keyId])
    assert.equal(listed.find((row) => row['keyId'] === id)?.['confirmBy'], 'person')

  assert.equal(await ask(grandchild, 'admins.me'), 'ok')
  assert.equal(await ask(await newKey(), 'apiKeys.revoke', { keyId: parent.split('_')[1] }), 'ok')
  for (const key of [parent, child, grandchild]) assert.equal(await ask(key, 'admins.me'), 'UNAUTHENTICATED')
})

test('a key made by a person has no more than his role now, and ends when it is taken away', async () => {
  await platform.tell('admins.put', { id: 'o-second', role: 'owner' })
  const made = await platform.ask('apiKeys.create', { name: 'theirs', role: 'owner' }, 'o-second')
  const key = made.ok ? String(made.data['key']) : ''
  const child = String((await call(key, 'apiKeys.create', { name: 'c', role: 'owner' })).data?.['key'])
  const main = await newKey()
  assert.equal(await ask(key, 'admins.list'), 'ok')
  await call(main, 'admins.put', { id: 'o-second', role: 'viewer' })
  for (const one of [key, child]) {
    assert.equal(await ask(one, 'bindings.list'), 'ok')
    assert.equal(await ask(one, 'admins.list'), 'PERMISSION_DENIED')
  }
  await call(main, 'admins.delete', { id: 'o-second' })
  for (const one of [key, child]) assert.equal(await ask(one, 'bindings.list'), 'UNAUTHENTICATED')
  // For good, whoever gets the role again.
  await call(main, 'admins.put', { id: 'o-second', role: 'owner' })
  for (const one of [key, child]) assert.equal(await ask(one, 'bindings.list'), 'UNAUTHENTICATED')
})

const zeros = (length: number): string => '0'.repeat(length)

test('a made-up key costs no database operation; one of the former form keeps working, looked up once a second', async () => {
  const good = await newKey()
  platform.host.database.faults.resetCounts()
  const forged = [
    `mf_${zeros(16)}_${zeros(64)}_${zeros(43)}`,
    `${good.slice(0, -1)}${good.endsWith('A') ? 'B' : 'A'}`,
    good.replace(/_([0-9a-f]{64})_/, `_${zeros(64)}_`),
    good.replace(/^mf_[0-9a-f]{16}/, `mf_${zeros(16)}`),
  ]
  for (const key of forged) for (let n = 0; n < 20; n++) assert.equal(await ask(key, 'admins.me'), 'UNAUTHENTICATED')
  assert.deepEqual(databaseCalls(platform), { reads: 0, writes: 0 })

  const former = good.slice(0, -44)
  await editRows(platform, 'apiKeys', { _id: good.split('_')[1] ?? '' }, { signingKey: 'gone' })
  assert.equal(await ask(former, 'bindings.list'), 'ok')
  const { items } = await platform.tell('apiKeys.list', { limit: 100 })
  const shown: readonly Record<string, unknown>[] = Object(items)
  assert.deepEqual(
    shown.filter(({ renew }) => renew === true).map(({ keyId }) => keyId),
    [good.split('_')[1]],
  )
  platform.host.database.faults.resetCounts()
  const begun = Date.now()
  const answers = new Set<string>()
  for (let n = 0; n < 12; n++) answers.add(await ask(`mf_${String(n).padStart(16, '0')}_${zeros(64)}`, 'admins.me'))
  assert.ok(databaseCalls(platform).reads <= (Date.now() - begun) / 1000 + 1)
  assert.deepEqual(
    [...answers].filter((code) => code !== 'UNAUTHENTICATED' && code !== 'QUOTA_EXCEEDED'),
    [],
  )
  // What is remembered of it needs no look-up meanwhile.
  assert.equal(await ask(former, 'bindings.list'), 'ok')
})

test('viewers see in the log what happened, not what only others may read; events without people', async () => {
  await platform.tell('admins.put', { id: 'o-viewer', role: 'viewer' })
  await platform.tell('subscriptions.put', {
    url: 'https://hook.example.com/secret-path',
    match: {},
    idempotencyKey: 's',
  })
  await platform.tell('wechat.call', { appid: mine, path: '/wxa/getversioninfo', body: { secretly: 'body' } })
  const log = async (openid: string, input: object = {}) => {
    const answer = await platform.ask('activity.list', { limit: 100, ...input }, openid)
    return answer.ok ? answer.data : {}
  }
  assert.match(JSON.stringify(await log(OWNER)), /secret-path/)
  const seen = JSON.stringify(await log('o-viewer'))
  assert.doesNotMatch(seen, /secret-path|secretly|body/)
  assert.match(seen, /subscriptions\.put/)
  assert.match(seen, /wechat\.call/)

  const rowsFor = async (input: object) => itemsOf({ ok: true, data: await log(OWNER, input) })
  const calls = await rowsFor({ appid: mine, operation: 'wechat.call' })
  assert.ok(calls.length > 0 && calls.every((row) => row['appid'] === mine && row['operation'] === 'wechat.call'))
  assert.ok((await rowsFor({ who: OWNER })).every(({ identity }) => identity === `openid:${OWNER}`))
  assert.deepEqual(await rowsFor({ who: 'nobody' }), [])
  assert.deepEqual(await rowsFor({ since: new Date(Date.now() + 60_000).toISOString() }), [])
  assert.deepEqual(await rowsFor({ until: '2020-01-01T00:00:00Z' }), [])
  assert.ok(
    (await rowsFor({ since: '2020-01-01T00:00:00Z', until: new Date(Date.now() + 60_000).toISOString() })).length > 5,
  )

  const { control } = platform.wechat
  await control.pushEvent({
    infoType: 'notify_third_fasteregister',
    fields: {
      appid: other,
      status: 101,
      info: { name: '公司', legal_persona_name: '张三', component_phone: '13800000000' },
    },
  })
  await control.settle()
  const events = async (openid: string): Promise<string> =>
    JSON.stringify(await platform.ask('events.list', { type: 'wechat.notify_third_fasteregister' }, openid))
  assert.match(await events(OWNER), /张三/)
  const lesser = await events('o-viewer')
  assert.doesNotMatch(lesser, /张三|13800000000/)
  assert.match(lesser, /"status":"101"/)
})

test('a live invite link in a problem is for those who may make one', async () => {
  await platform.wechat.control.killRefreshToken({ appid: mine, listed: 'empty' })
  await editRows(platform, 'authorizers', { _id: mine }, { dueAt: new Date(1000), expiresAt: new Date(1000) })
  await platform.host.fireTimer('refreshTokens')
  await platform.host.fireTimer('processQueue')
  const status = async (openid: string) => JSON.stringify(await platform.ask('platform.status', {}, openid))
  assert.match(await status(OWNER), /auth\/start\?invite=/)
  const seen = await status('o-viewer')
  assert.match(seen, /REAUTHORIZATION_REQUIRED/)
  assert.doesNotMatch(seen, /invite=/)
  assert.ok(rowsOf(platform, 'invites').length > 0)
})
