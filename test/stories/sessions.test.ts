import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { databaseCalls, editRows, killInstances, rowsOf } from '../fixtures/interference.ts'
import { OWNER, startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { askToSignIn, post, signIn, wrongCheck, type Answered } from '../fixtures/sign-in.ts'

/* People sign in at the console by scanning with the admins' mini program. */

let platform: LocalPlatform
before(async () => {
  platform = await startPlatform({ host: { maxInstances: 1 } })
  await platform.tell('admins.put', { id: 'o-viewer', role: 'viewer', name: 'Ling' })
  await platform.tell('admins.put', { id: 'o-operator', role: 'operator', name: '小明' })
})
after(() => platform.close())

const call = (token: string, operation: string, input: object = {}): Promise<Answered> =>
  post(`${platform.host.url}/api/v1/${operation}`, input, token)

const idOf = (token: string): string => token.split('_')[1] ?? ''

const reasonOf = async (operation: string, input: object, openid = OWNER): Promise<string> => {
  const answer = await platform.ask(operation, input, openid)
  return answer.ok ? 'ok' : `${answer.error.code} ${answer.error.reason}`
}

test('a browser is let in with the role of the person who scanned its code and typed its digits', async () => {
  const { sessionId, code, check, secret, poll } = await askToSignIn(platform, 'Firefox, Linux')
  assert.match(check, /^\d\d$/)
  assert.deepEqual((await poll()).data, { state: 'pending' })
  const seen = await platform.ask('sessions.get', { code }, 'o-operator')
  assert.ok(seen.ok)
  assert.equal(seen.data['browser'], 'Firefox, Linux')
  assert.equal(await reasonOf('sessions.approve', { code, check }, 'o-operator'), 'ok')
  const approved = await poll()
  assert.equal(approved.data['state'], 'approved')
  const lasts = Date.parse(String(approved.data['expiresAt'])) - Date.now()
  assert.ok(Math.abs(lasts - 12 * 3_600_000) < 60_000, `${lasts}`)
  assert.deepEqual((await poll()).data, approved.data)

  const token = String(approved.data['token'])
  assert.deepEqual((await call(token, 'admins.me')).data, { id: 'o-operator', role: 'operator', name: '小明' })
  assert.equal((await call(token, 'bindings.createLink', { businessId: 'biz-1' })).code, 'ok')
  assert.equal((await call(token, 'admins.list')).code, 'PERMISSION_DENIED')

  const stored = JSON.stringify(platform.host.database.dump()) + platform.log.join('\n')
  assert.ok(!stored.includes(secret) && !stored.includes(token) && stored.includes(sessionId))
  const { items } = await platform.tell('activity.list', { operation: 'bindings.createLink' })
  const { identity, name } = Object(Object(items)[0])
  assert.deepEqual({ identity, name }, { identity: 'openid:o-operator', name: '小明' })
})

test('the same decision of the same person once more is no other one; another is refused', async () => {
  const { code, check, poll } = await askToSignIn(platform)
  assert.equal(await reasonOf('sessions.approve', { code, check }, 'o-viewer'), 'ok')
  assert.equal(await reasonOf('sessions.approve', { code, check }, 'o-viewer'), 'ok')
  assert.equal(await reasonOf('sessions.approve', { code, check }, 'o-operator'), 'CONFLICT SIGN_IN_DECIDED')
  assert.equal(await reasonOf('sessions.deny', { code }, 'o-viewer'), 'CONFLICT SIGN_IN_DECIDED')
  assert.equal(await reasonOf('sessions.get', { code }, 'o-viewer'), 'CONFLICT SIGN_IN_DECIDED')
  assert.equal((await poll()).data['state'], 'approved')
})

test('a wrong check spends the code, and a denied one lets nobody in', async () => {
  const guessed = await askToSignIn(platform)
  const wrong = { code: guessed.code, check: wrongCheck(guessed.check) }
  assert.equal(await reasonOf('sessions.approve', wrong, 'o-viewer'), 'INVALID_ARGUMENT CHECK_WRONG')
  const right = { code: guessed.code, check: guessed.check }
  assert.equal(await reasonOf('sessions.approve', right, 'o-viewer'), 'CONFLICT SIGN_IN_DECIDED')
  assert.deepEqual((await guessed.poll()).data, { state: 'denied' })

  const denied = await askToSignIn(platform)
  assert.equal(await reasonOf('sessions.deny', { code: denied.code }), 'ok')
  assert.deepEqual((await denied.poll()).data, { state: 'denied' })
  assert.equal(
    await reasonOf('sessions.approve', { code: denied.code, check: denied.check }),
    'CONFLICT SIGN_IN_DECIDED',
  )
})

test('only a person whom the cloud knows decides, and only with a role', async () => {
  const { code, check } = await askToSignIn(platform)
  const { key } = await platform.tell('apiKeys.create', { name: 'k', role: 'owner' })
  const session = await signIn(platform)
  for (const token of [String(key), session])
    for (const [operation, input] of [
      ['sessions.get', { code }],
      ['sessions.approve', { code, check }],
      ['sessions.deny', { code }],
    ] as const)
      assert.equal((await call(token, operation, input)).reason, 'NOT_A_PERSON', operation)
  assert.equal(await reasonOf('sessions.approve', { code, check }, 'o-stranger'), 'PERMISSION_DENIED NO_ROLE')
  assert.equal(await reasonOf('sessions.approve', { code, check }), 'ok')
})

test('a code that was changed, made elsewhere or is over is refused', async () => {
  const { code, check, secret, sessionId } = await askToSignIn(platform)
  const [meaning = '', proof = '', signature = ''] = code.split('.')
  const other = await askToSignIn(platform)
  const changed = Buffer.from(Buffer.from(meaning, 'base64url').toString().replace('Chrome', 'Safari'))
  const forged = [
    'nonsense',
    `${changed.toString('base64url')}.${proof}.${signature}`,
    `${meaning}.${other.code.split('.')[1]}.${signature}`,
    `${code}.`,
    `${meaning}.${proof}.${signature}=`,
  ]
  for (const one of forged) {
    assert.equal(await reasonOf('sessions.approve', { code: one, check }), 'INVALID_ARGUMENT SIGN_IN_CODE_FOREIGN')
    assert.deepEqual((await post(`${platform.host.url}/api/v1/sessions/${sessionId}`, { code: one, secret })).data, {
      state: 'expired',
    })
  }
  // Another platform at the same keys, and this one at another address.
  for (const change of [{ COMPONENT_APPID: 'wx0ther0000000001' }, { PUBLIC_BASE_URL: 'http://127.0.0.1:1' }]) {
    const former = { ...platform.env }
    Object.assign(platform.env, change)
    await killInstances(platform)
    assert.equal(await reasonOf('sessions.approve', { code, check }), 'INVALID_ARGUMENT SIGN_IN_CODE_FOREIGN')
    Object.assign(platform.env, former)
    await killInstances(platform)
  }
  assert.equal(await reasonOf('sessions.approve', { code, check }), 'ok')
})

test('whoever has not the secret learns nothing, and costs no operation of the database', async () => {
  const { sessionId, code, check, poll } = await askToSignIn(platform)
  await platform.ask('sessions.approve', { code, check }, 'o-viewer')
  platform.host.database.faults.resetCounts()
  for (let round = 0; round < 50; round++) {
    assert.deepEqual((await poll('ab'.repeat(32))).data, { state: 'expired' })
    await askToSignIn(platform)
  }
  const foreign = await askToSignIn(platform)
  const url = `${platform.host.url}/api/v1/sessions/${sessionId}`
  assert.deepEqual((await post(url, { code: foreign.code, secret: foreign.secret })).data, { state: 'expired' })
  assert.deepEqual(databaseCalls(platform), { reads: 0, writes: 0 })
})

test('one who waits costs at most a look a second, and so do many', async () => {
  const browsers = [await askToSignIn(platform), await askToSignIn(platform)]
  platform.host.database.faults.resetCounts()
  const begun = Date.now()
  for (let round = 0; round < 4; round++) await Promise.all(browsers.map(({ poll }) => poll()))
  const seconds = Math.ceil((Date.now() - begun) / 1000)
  const { reads, writes } = databaseCalls(platform)
  assert.ok(reads >= 1 && reads <= seconds + 1 && writes === 0, `${reads} reads in ${seconds} s`)
})

test('malformed wishes are refused by their field', async () => {
  const url = `${platform.host.url}/api/v1/sessions`
  const hash = 'ab'.repeat(32)
  const { sessionId, code, secret } = await askToSignIn(platform)
  const rows: readonly [path: string, input: unknown, status: number, reason: string][] = [
    ['', {}, 400, 'REQUIRED'],
    ['', { secretHash: 'ab' }, 400, 'MALFORMED'],
    ['', { secretHash: hash, browser: 'a\nb' }, 400, 'CONTROL_CHARACTERS'],
    ['', { secretHash: hash, browser: 'x'.repeat(201) }, 400, 'TOO_LONG'],
    ['', { secretHash: hash, extra: 1 }, 400, 'NOT_KNOWN_HERE'],
    ['', [], 400, 'NOT_OBJECT'],
    ['', { secretHash: hash.toUpperCase() }, 200, ''],
    ['', { secretHash: hash }, 200, ''],
    [`/${sessionId}`, { code }, 400, 'REQUIRED'],
    [`/${sessionId}`, { code, secret: 'short' }, 400, 'MALFORMED'],
    [`/${sessionId}`, { code, secret: secret.toUpperCase() }, 200, ''],
    ['/nobody', { code, secret }, 200, ''],
  ]
  for (const [path, input, status, reason] of rows) {
    const answer = await post(`${url}${path}`, input)
    assert.deepEqual([answer.status, answer.reason], [status, reason], `${path} ${JSON.stringify(input)}`)
  }
  assert.equal((await fetch(url)).status, 405)
})

test('sessions are seen and ended by their person, and by owners those of everybody', async () => {
  const [mine, others] = [await signIn(platform, 'o-viewer'), await signIn(platform, 'o-operator')]
  const list = async (token: string) => Object(await call(token, 'sessions.list')).data.items as readonly object[]
  const seen = await list(mine)
  assert.ok(seen.every((item) => Object(item)['person'] === 'o-viewer'))
  assert.equal(seen.filter((item) => Object(item)['current'] === true).length, 1)
  assert.equal((await call(mine, 'sessions.revoke', { sessionId: idOf(others) })).reason, 'SESSION_UNKNOWN')
  assert.equal((await call(mine, 'sessions.revoke', { sessionId: idOf(mine) })).code, 'ok')
  assert.deepEqual(
    [(await call(mine, 'admins.me')).status, (await call(mine, 'admins.me')).reason],
    [401, 'SESSION_NOT_ACCEPTED'],
  )

  const owner = await signIn(platform)
  const all = await list(owner)
  assert.ok(all.some((item) => Object(item)['person'] === 'o-operator' && Object(item)['name'] === '小明'))
  assert.ok(all.some((item) => Object(item)['sessionId'] === idOf(mine) && Object(item)['state'] === 'ended'))
  assert.equal((await call(owner, 'sessions.revoke', { sessionId: idOf(others) })).code, 'ok')
  assert.equal((await call(others, 'admins.me')).status, 401)
})

test('a role taken away ends what its sessions may do', async () => {
  await platform.tell('admins.put', { id: 'o-brief', role: 'operator' })
  const token = await signIn(platform, 'o-brief')
  assert.equal((await call(token, 'authorizers.list')).code, 'ok')
  const owner = await signIn(platform)
  assert.equal((await call(owner, 'admins.put', { id: 'o-brief', role: 'viewer' })).code, 'ok')
  assert.equal((await call(token, 'bindings.createLink', { businessId: 'x' })).reason, 'ROLE_TOO_LOW')
  assert.equal((await call(owner, 'admins.delete', { id: 'o-brief' })).code, 'ok')
  assert.equal((await call(token, 'authorizers.list')).reason, 'NO_ROLE')
})

test('a token that is wrong in any part is refused without a read; one whose time is over, too', async () => {
  const token = await signIn(platform)
  const [, id = '', secret = '', signature = ''] = token.split('_')
  await call(token, 'admins.me')
  platform.host.database.faults.resetCounts()
  const wrong = [
    `mfs_${'0'.repeat(32)}_${secret}_${signature}`,
    `mfs_${id}_${'0'.repeat(64)}_${signature}`,
    `mfs_${id}_${secret}_${'A'.repeat(43)}`,
    `mfs_${id}_${secret}`,
    'mfs_',
  ]
  for (const one of wrong) assert.equal((await call(one, 'admins.me')).status, 401, one)
  assert.deepEqual(databaseCalls(platform), { reads: 0, writes: 0 })
  await editRows(platform, 'sessions', { _id: id }, { endsAt: new Date(Date.now() - 1000) })
  await killInstances(platform)
  assert.equal((await call(token, 'admins.me')).reason, 'SESSION_NOT_ACCEPTED')
})

test('ended sessions are kept for 30 days', async () => {
  const day = 86_400_000
  const [old, young] = [await askToSignIn(platform), await askToSignIn(platform)]
  for (const [{ sessionId, code }, days] of [
    [old, 31],
    [young, 29],
  ] as const) {
    await platform.tell('sessions.deny', { code })
    await editRows(platform, 'sessions', { _id: sessionId }, { endsAt: new Date(Date.now() - days * day) })
  }
  await platform.host.fireTimer('processQueue')
  const ids = rowsOf(platform, 'sessions').map((row) => row['_id'])
  assert.ok(!ids.includes(old.sessionId) && ids.includes(young.sessionId))
})
