import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { authorizeMerchant } from '../fixtures/merchant.ts'
import { editRows, rowsOf } from '../fixtures/interference.ts'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { authorizedMerchant, makeTemplate, refusalOf, releaseVersion, runQueue } from '../fixtures/shop.ts'

/* What WeChat says is online and under review, whoever put it there: the truth of the fleet. */

let platform: LocalPlatform
let templateId: number
before(async () => {
  platform = await startPlatform()
  templateId = await makeTemplate(platform)
})
after(() => platform.close())

const past = new Date(1000)

/** The last reading is older than an hour, and nobody here did anything just now. */
async function grow(appid: string): Promise<void> {
  await editRows(platform, 'authorizers', { _id: appid }, { readAt: past })
  await editRows(platform, 'releases', { appid }, { updatedAt: past })
}

const open = async (appid: string) => {
  await grow(appid)
  return platform.tell('authorizers.get', { appid })
}

const releasesOf = async (appid: string): Promise<string[]> => {
  const { items } = await platform.tell('releases.list', { appid })
  assert.ok(Array.isArray(items))
  return items.map(({ version, state, origin }) => `${version} ${state} ${origin}`).toSorted()
}

const bring = (appid: string, version: string, to?: 'trial' | 'auditing' | 'approved' | 'rejected' | 'released') =>
  platform.wechat.control.bringVersion({ appid, version, description: `别处 ${version}`, ...(to && { to }) })

const callsFor = async (appid: string): Promise<string[]> =>
  (await platform.wechat.control.calls()).flatMap((call) => (call.appid === appid ? call.path : [])).toSorted()

const inConsole = (appid: string, act: Parameters<LocalPlatform['wechat']['control']['actInConsole']>[0]['act']) =>
  platform.wechat.control.actInConsole({ appid, act })

test('a version from elsewhere is known as soon as its merchant is opened, as a release of its own', async () => {
  const appid = await authorizedMerchant(platform)
  await bring(appid, '3.1.4')
  const got = await platform.tell('authorizers.get', { appid })
  const { readAt, releasedAt, ...live } = Object(got['live'])
  assert.deepEqual(live, { version: '3.1.4', origin: 'elsewhere' })
  assert.ok(Date.parse(readAt) > Date.now() - 60_000 && Date.parse(releasedAt) > Date.now() - 60_000)
  assert.equal(got['currentRelease'], undefined)
  const { items } = await platform.tell('releases.list', { appid })
  const [release = {}] = Array.isArray(items) ? items : []
  assert.deepEqual(
    Object.keys(release).toSorted(),
    [
      'appid',
      'auditId',
      'createdAt',
      'description',
      'origin',
      'releaseId',
      'releasedAt',
      'state',
      'submittedAt',
      'updatedAt',
      'version',
    ],
    'what WeChat does not tell is absent',
  )
  assert.deepEqual(
    [release.state, release.origin, release.version, release.description],
    ['released', 'elsewhere', '3.1.4', '别处 3.1.4'],
  )
})

test('every look asks once an hour: three calls, one more for a version that waits for its users', async () => {
  const appid = await authorizedMerchant(platform)
  await bring(appid, '1.0.0')
  await bring(appid, '1.1.0', 'approved')
  const asked = async (work: () => Promise<unknown>): Promise<string[]> => {
    await platform.wechat.control.resetCalls()
    await work()
    return callsFor(appid)
  }
  const reading = ['/wxa/get_latest_auditstatus', '/wxa/getgrayreleaseplan', '/wxa/getversioninfo']
  assert.deepEqual(await asked(() => open(appid)), ['/cgi-bin/component/api_get_authorizer_info', ...reading])
  assert.deepEqual(await asked(() => platform.tell('authorizers.get', { appid })), [])
  assert.deepEqual(await asked(() => platform.tell('authorizers.list', {})), [])
  assert.deepEqual(await releasesOf(appid), ['1.0.0 released elsewhere', '1.1.0 approved elsewhere'])
  await inConsole(appid, 'startGray')
  for (const [operation, state] of [
    ['releases.status', 'gray'],
    ['releases.history', 'approved'],
  ] as const) {
    await grow(appid)
    await platform.tell(operation, { appid })
    assert.deepEqual(await releasesOf(appid), ['1.0.0 released elsewhere', `1.1.0 ${state} elsewhere`], operation)
    await inConsole(appid, 'cancelGray').catch(() => undefined)
  }
  await inConsole(appid, 'publish')
  await open(appid)
  assert.deepEqual(await releasesOf(appid), ['1.0.0 superseded elsewhere', '1.1.0 released elsewhere'])
})

test('a review from elsewhere stands in the way like one of ours, and its rejection is told with its text', async () => {
  const appid = await authorizedMerchant(platform)
  await bring(appid, '5.0.0', 'auditing')
  await open(appid)
  assert.deepEqual(await releasesOf(appid), ['5.0.0 auditing elsewhere'])
  await platform.tell('releases.commit', { appid, templateId, version: '1.0.0', description: '新版' })
  assert.equal(refusalOf(await platform.ask('releases.submit', { appid })).reason, 'VERSION_UNDER_REVIEW')
  const { items } = await platform.tell('releases.preflight', { appids: [appid], templateId })
  assert.deepEqual(
    Object((Array.isArray(items) ? items : [])[0]).problems.map(({ code }: { code: string }) => code),
    ['VERSION_UNDER_REVIEW'],
  )
  await platform.wechat.control.rejectAudit({ appid, reason: '类目不符' })
  await open(appid)
  const rejected = await platform.tell('releases.list', { appid, state: 'rejected' })
  assert.equal(Object((Array.isArray(rejected['items']) ? rejected['items'] : [])[0]).reason, '类目不符')
  assert.equal((await platform.tell('releases.submit', { appid }))['state'], 'auditing')
  assert.deepEqual(await releasesOf(appid), ['1.0.0 auditing here', '5.0.0 rejected elsewhere'])
})

test('what was committed here and replaced elsewhere is not submitted under our name', async () => {
  const appid = await authorizedMerchant(platform)
  await platform.tell('releases.commit', { appid, templateId, version: '1.0.0', description: '新版' })
  await bring(appid, '9.9.9', 'trial')
  const refusal = refusalOf(await platform.ask('releases.submit', { appid }))
  assert.deepEqual([refusal.code, refusal.reason, refusal.params], ['CONFLICT', 'TRIAL_REPLACED', { version: '9.9.9' }])
  assert.deepEqual(await releasesOf(appid), ['1.0.0 superseded here'])
})

test('ours ends when another hand takes its place, and comes back when it takes that back', async () => {
  const appid = await authorizedMerchant(platform)
  await releaseVersion(platform, appid, templateId, '1.0.0')
  assert.equal(Object((await platform.tell('authorizers.get', { appid }))['live']).origin, 'here')
  await bring(appid, '2.0.0')
  const taken = await open(appid)
  assert.deepEqual([Object(taken['live']).version, taken['currentRelease']], ['2.0.0', undefined])
  assert.deepEqual(await releasesOf(appid), ['1.0.0 superseded here', '2.0.0 released elsewhere'])
  assert.deepEqual(
    [Object(taken['drift']).version, Object(taken['drift']).releaseId, Object(taken['drift']).templateId],
    ['1.0.0', `${appid}-1`, templateId],
  )
  const listed = async (filter: object) => Object((await platform.tell('authorizers.list', { filter }))['items'])
  const fits = async (filter: object) => (await listed(filter)).some((one: { appid: string }) => one.appid === appid)
  assert.deepEqual(
    [await fits({ drifted: true }), await fits({ origin: 'elsewhere' }), await fits({ origin: 'here' })],
    [true, true, false],
  )
  await inConsole(appid, 'rollBack')
  const back = await open(appid)
  assert.deepEqual([Object(back['live']).version, Object(back['live']).origin], ['1.0.0', 'here'])
  assert.equal(Object(back['currentRelease']).version, '1.0.0')
  assert.deepEqual(
    [back['drift'], await fits({ drifted: true }), await fits({ origin: 'here' })],
    [undefined, false, true],
  )
  assert.deepEqual(await releasesOf(appid), ['1.0.0 released here', '2.0.0 rolledBack elsewhere'])
})

test('ours that another hand took back to an older one of ours is missing until it is online again', async () => {
  const appid = await authorizedMerchant(platform)
  for (const version of ['1.0.0', '2.0.0']) await releaseVersion(platform, appid, templateId, version)
  const standing = async (): Promise<unknown[]> => {
    const { live, drift } = await open(appid)
    return [Object(live).version, Object(live).origin, Object(drift).version]
  }
  await inConsole(appid, 'rollBack')
  assert.deepEqual(await standing(), ['1.0.0', 'here', '2.0.0'])
  assert.deepEqual(await releasesOf(appid), ['1.0.0 released here', '2.0.0 rolledBack here'])
  await bring(appid, '9.0.0')
  assert.deepEqual(await standing(), ['9.0.0', 'elsewhere', '1.0.0'])
  await releaseVersion(platform, appid, templateId, '3.0.0')
  assert.deepEqual(await standing(), ['3.0.0', 'here', undefined])
  await platform.tell('releases.rollback', { appid })
  assert.deepEqual(await standing(), ['9.0.0', 'elsewhere', undefined])
})

test('a version from elsewhere is rolled back like one of ours', async () => {
  const appid = await authorizedMerchant(platform)
  await bring(appid, '1.0.0')
  await open(appid)
  await bring(appid, '2.0.0')
  const back = await platform.tell('releases.rollback', { appid })
  assert.deepEqual(
    [back['state'], back['version'], back['origin'], back['onlineVersion']],
    ['rolledBack', '2.0.0', 'elsewhere', '1.0.0'],
  )
  assert.deepEqual(await releasesOf(appid), ['1.0.0 released elsewhere', '2.0.0 rolledBack elsewhere'])
  assert.equal(Object((await platform.tell('authorizers.get', { appid }))['live']).version, '1.0.0')
})

test('an odd or missing answer overwrites nothing', async () => {
  const appid = await authorizedMerchant(platform)
  await bring(appid, '1.0.0')
  await open(appid)
  const { control } = platform.wechat
  for (const fault of [
    { path: '/wxa/getversioninfo', status: 503 },
    { path: '/wxa/getversioninfo', body: '{"errcode":0,"errmsg":"ok"}' },
    { path: '/wxa/getversioninfo', body: '{"errcode":0,"release_info":{"release_version":""}}' },
    { path: '/wxa/getversioninfo', body: '<html>' },
    { path: '/wxa/get_latest_auditstatus', body: '{"errcode":0,"auditid":7,"status":77,"user_version":"6"}' },
    { path: '/wxa/get_latest_auditstatus', body: '{"errcode":0,"auditid":8,"status":0}' },
  ]) {
    await control.addFault({ appid, ...fault })
    assert.equal(Object((await open(appid))['live']).version, '1.0.0', JSON.stringify(fault))
    assert.deepEqual(await releasesOf(appid), ['1.0.0 released elsewhere'], JSON.stringify(fault))
    await control.clearFaults()
  }
})

test('the queue reads everybody once a day, each at its own time, and does not take that for a use', async () => {
  const appids: string[] = []
  for (let count = 0; count < 3; count++) appids.push(await authorizedMerchant(platform))
  for (const appid of appids) await bring(appid, '1.0.0')
  await runQueue(platform)
  const rowOf = (appid: string) => rowsOf(platform, 'authorizers').find(({ _id }) => _id === appid)
  assert.deepEqual(
    appids.map((appid) => rowOf(appid)?.['readAt']),
    [undefined, undefined, undefined],
    'not due yet',
  )
  for (const appid of appids) {
    // What is read once a week has its own turn, which would fall on the day of this test for one appid in seven.
    const idle = { readDueAt: past, usedAt: past, authorizedAt: past, expiresAt: past, watchedAt: new Date() }
    await editRows(platform, 'authorizers', { _id: appid }, idle)
  }
  await platform.wechat.control.resetCalls()
  await runQueue(platform)
  await runQueue(platform)
  for (const appid of appids) {
    assert.deepEqual(await callsFor(appid), [
      '/cgi-bin/component/api_authorizer_token',
      '/cgi-bin/component/api_get_authorizer_info',
      '/wxa/get_latest_auditstatus',
      '/wxa/getversioninfo',
    ])
    const row = rowOf(appid)
    const next = Number(row?.['readDueAt']) - Date.now()
    assert.ok(next > 0 && next <= 24 * 3_600_000)
    assert.equal(Number(row?.['usedAt']), 1000)
    assert.ok(Number(row?.['dueAt']) > Date.now() + 19 * 24 * 3_600_000, 'nobody keeps its token fresh')
    assert.deepEqual(await releasesOf(appid), ['1.0.0 released elsewhere'])
  }
})

test('rollouts know what came from elsewhere: who has it, who is in review there, and that nothing can be compared', async () => {
  const [elsewhere, reviewed, none] = [
    await authorizedMerchant(platform),
    await authorizedMerchant(platform),
    await authorizedMerchant(platform),
  ]
  await bring(elsewhere, '7.1.0')
  await bring(reviewed, '7.2.0', 'auditing')
  for (const appid of [elsewhere, reviewed, none]) await open(appid)
  const plan = { name: '七', templateId, description: '新版', version: '8.0.0' }
  const rollout = async (input: object) =>
    String((await platform.tell('rollouts.create', { ...plan, ...input }))['rolloutId'])
  const itemsOf = async (rolloutId: string) => {
    const { items } = await platform.tell('rollouts.items', { rolloutId, limit: 100 })
    return (Array.isArray(items) ? items : []).map(({ appid, state, problem }) => [appid, state, problem?.code])
  }
  const planned = async (filter: object) => {
    const rolloutId = await rollout({ filter })
    await platform.tell('rollouts.cancel', { rolloutId })
    return itemsOf(rolloutId)
  }
  for (const [filter, chosen] of [
    [{ liveVersion: '7.1.0' }, [elsewhere]],
    [{ liveVersionOlder: '7.1.1', liveVersionNot: '1.0.0', attributes: {} }, undefined],
  ] as const) {
    const items = await planned(filter)
    if (chosen)
      assert.deepEqual(
        items.map(([appid]) => appid),
        chosen,
      )
    else assert.ok(items.some(([appid]) => appid === elsewhere) && items.every(([appid]) => appid !== none))
  }
  const never = await planned({ neverReleased: true })
  assert.ok(never.some(([appid]) => appid === none) && never.every(([appid]) => appid !== elsewhere))
  const rolloutId = await rollout({ appids: [elsewhere, reviewed, none] })
  await runQueue(platform)
  await runQueue(platform)
  assert.deepEqual(
    (await itemsOf(rolloutId)).map(([, state, problem]) => [state, problem]),
    [
      ['skipped', 'LIVE_UNKNOWN'],
      ['skipped', 'VERSION_UNDER_REVIEW'],
      ['auditing', undefined],
    ],
  )
})

test('the list of merchants is filtered and sorted, with a total, page by page', async () => {
  const { control } = platform.wechat
  const named = async (nickName: string, version?: string): Promise<string> => {
    const { appid } = await control.createMerchant({ nickName: `序${nickName}`, principalName: '有序公司' })
    await authorizeMerchant(platform, {
      businessId: `order-${nickName}`,
      appid,
      link: { attributes: { ordered: 'yes' } },
    })
    await control.settle()
    if (version !== undefined) {
      await bring(appid, version)
      await open(appid)
    }
    return appid
  }
  const [c, a, d, b] = [await named('c', '1.10.0'), await named('a', '1.9'), await named('d'), await named('b', 'beta')]
  const ask = async (input: object) => {
    const answer = await platform.tell('authorizers.list', { filter: { attributes: { ordered: 'yes' } }, ...input })
    const items: readonly { appid: string }[] = Object(answer['items'])
    return { total: answer['total'], nextCursor: answer['nextCursor'], appids: items.map(({ appid }) => appid) }
  }
  for (const [sort, expected] of [
    ['name', [a, b, c, d]],
    ['version', [a, c, b, d]],
    ['authorizedAt', [b, d, a, c]],
  ] as const) {
    const paged: string[] = []
    for (let cursor: unknown; ;) {
      const page = await ask({ sort, limit: 3, ...(cursor !== undefined && { cursor }) })
      assert.equal(page.total, 4)
      paged.push(...page.appids)
      cursor = page.nextCursor
      if (cursor === undefined) break
    }
    assert.deepEqual(paged, expected, sort)
  }
  const first = await ask({ sort: 'name', limit: 1 })
  assert.equal(
    refusalOf(await platform.ask('authorizers.list', { sort: 'version', cursor: first.nextCursor })).field,
    'cursor',
  )
  assert.deepEqual((await ask({ filter: { liveVersionOlder: '1.10', attributes: { ordered: 'yes' } } })).appids, [a])
  assert.deepEqual((await ask({ filter: { neverReleased: true, attributes: { ordered: 'yes' } } })).appids, [d])
  assert.deepEqual((await ask({ query: '序b' })).appids, [b])
  assert.deepEqual((await ask({ filter: { problem: 'ACCOUNT_FROZEN' } })).total, 0)
  await control.setAccountStatus({ appid: d, status: 19 })
  await open(d)
  assert.deepEqual((await ask({ filter: { problem: 'ACCOUNT_FROZEN' } })).appids, [d])
  const { total, items } = await platform.tell('authorizers.list', { limit: 1 })
  assert.equal(total, rowsOf(platform, 'authorizers').length)
  assert.equal(Array.isArray(items) && items.length, 1)
  // A key of its own sees its own, in the total too.
  const { key } = await platform.tell('apiKeys.create', { name: 'few', role: 'viewer', appids: [c, d] })
  const limited = async (input: object) => {
    const answer = await fetch(`${platform.host.url}/api/v1/authorizers.list`, {
      method: 'POST',
      headers: { authorization: `Bearer ${String(key)}`, 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    const { data } = Object(await answer.json())
    return [data.items.map(({ appid }: { appid: string }) => appid), data.total]
  }
  assert.deepEqual(await limited({ sort: 'name', query: '序' }), [[c, d], 2])
  assert.deepEqual((await limited({}))[1], 2)
  assert.deepEqual(await limited({ filter: { problem: 'ACCOUNT_FROZEN' } }), [[d], 1])
  // Names that mean the same version stand together, and none is left out between two pages.
  await Promise.all([bring(a, '1.0'), bring(b, '1.0.0'), bring(c, '1.0'), bring(d, '1.0.0')])
  for (const appid of [a, b, c, d]) await open(appid)
  const alike: string[] = []
  for (let cursor: unknown; ;) {
    const page = await ask({ sort: 'version', limit: 1, ...(cursor !== undefined && { cursor }) })
    alike.push(...page.appids)
    cursor = page.nextCursor
    if (cursor === undefined) break
  }
  assert.deepEqual(alike.toSorted(), [a, b, c, d].toSorted())
})

test('what happened to a merchant is told newest first, with what the reviewer wrote, also after the next try', async () => {
  const appid = await authorizedMerchant(platform)
  const { control } = platform.wechat
  await platform.tell('bindings.bind', { businessId: 'with-a-past', appid })
  await platform.tell('releases.commit', { appid, templateId, version: '1.0.0', description: '新版' })
  await platform.tell('releases.submit', { appid })
  await control.rejectAudit({ appid, reason: '类目不符' })
  await platform.tell('releases.status', { appid })
  await platform.tell('releases.submit', { appid })
  await control.passAudit({ appid })
  await platform.tell('releases.release', { appid })
  await bring(appid, '2.0.0')
  await open(appid)
  await platform.tell('releases.rollback', { appid })
  await control.setAccountStatus({ appid, status: 18 })
  await open(appid)
  const told: unknown[] = []
  for (let cursor: unknown; ;) {
    const page = await platform.tell('authorizers.timeline', {
      appid,
      limit: 4,
      ...(cursor !== undefined && { cursor }),
    })
    told.push(...Object(page['items']))
    cursor = page['nextCursor']
    if (cursor === undefined) break
  }
  const lines = told.map((entry) => {
    const { kind, params } = Object(entry)
    return [kind, params.version, params.origin, params.text ?? params.name]
      .filter((one) => one !== undefined)
      .join(' ')
  })
  const done = told.flatMap((entry) => {
    const { kind, params, who } = Object(entry)
    return who === undefined ? [] : `${kind} ${params.version ?? params.businessId} ${who}`
  })
  assert.deepEqual(done, [
    'rolledBack 2.0.0 openid:o-owner',
    'released 1.0.0 openid:o-owner',
    'submitted 1.0.0 openid:o-owner',
    'submitted 1.0.0 openid:o-owner',
    'committed 1.0.0 openid:o-owner',
    'bound with-a-past openid:o-owner',
  ])
  const own = lines.filter((line) => !line.includes('2.0.0'))
  assert.deepEqual(own.slice(0, 2), ['punished warned', 'released 1.0.0 here'])
  assert.deepEqual(own.slice(2), [
    'released 1.0.0 here',
    'approved 1.0.0 here',
    'submitted 1.0.0 here',
    'rejected 1.0.0 here 类目不符',
    'submitted 1.0.0 here',
    'committed 1.0.0 here',
    'bound',
    'authorized',
  ])
  assert.deepEqual(lines.filter((line) => line.includes('2.0.0')).toSorted(), [
    'released 2.0.0 elsewhere',
    'rolledBack 2.0.0 elsewhere',
  ])
  const rejected = Object(told.find((entry) => Object(entry).kind === 'rejected'))
  assert.equal(rejected.params.screenshots.length, 1)
  assert.equal(refusalOf(await platform.ask('authorizers.timeline', { appid: 'wx00000000000000ff' })).code, 'NOT_FOUND')
})
