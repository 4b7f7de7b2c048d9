import assert from 'node:assert/strict'
import { test } from 'node:test'
import { WechatRefusal } from '../../shared/wechat/refusal.ts'
import { withFreshToken } from '../../shared/wechat/stale-token-retry.ts'

const refusal = (errcode: number): WechatRefusal => new WechatRefusal('/wxa/x', { errcode, errmsg: 'no' })

const source = (tokens: readonly string[]) => {
  const replaced: string[] = []
  return {
    replaced,
    current: () => Promise.resolve(tokens[0] ?? ''),
    replace: (stale: string) => {
      replaced.push(stale)
      return Promise.resolve({ token: tokens[replaced.length] ?? '', wasThere: replaced.length < tokens.length - 1 })
    },
  }
}

for (const errcode of [40001, 40014, 41001, 42001, 42006]) {
  test(`${errcode}: the stale token is replaced once, the call repeated once`, async () => {
    const tokens = source(['old', 'new'])
    const sent: string[] = []
    const reply = await withFreshToken(tokens, (token) => {
      sent.push(token)
      return token === 'old' ? Promise.reject(refusal(errcode)) : Promise.resolve('done')
    })
    assert.equal(reply, 'done')
    assert.deepEqual(sent, ['old', 'new'])
    assert.deepEqual(tokens.replaced, ['old'])
  })
}

test('a second refusal is final', async () => {
  const tokens = source(['old', 'new'])
  let calls = 0
  await assert.rejects(
    withFreshToken(tokens, () => {
      calls += 1
      return Promise.reject(refusal(40001))
    }),
    { errcode: 40001 },
  )
  assert.equal(calls, 2)
})

test('where the memory was out of date, what it missed is tried before a refresh', async () => {
  const tokens = source(['remembered', 'stored', 'new'])
  const sent: string[] = []
  const reply = await withFreshToken(tokens, (token) => {
    sent.push(token)
    return token === 'new' ? Promise.resolve('done') : Promise.reject(refusal(40001))
  })
  assert.equal(reply, 'done')
  assert.deepEqual(sent, ['remembered', 'stored', 'new'])
})

test('any other failure is passed on untouched', async () => {
  for (const error of [refusal(61003), refusal(42007), new TypeError('x')]) {
    const tokens = source(['old', 'new'])
    await assert.rejects(
      withFreshToken(tokens, () => Promise.reject(error)),
      (thrown) => thrown === error,
    )
    assert.deepEqual(tokens.replaced, [])
  }
})

test('the errcode may be found in an error of another kind', async () => {
  const tokens = source(['old', 'new'])
  const reply = await withFreshToken(
    tokens,
    (token) => (token === 'old' ? Promise.reject(new Error('42001')) : Promise.resolve(token)),
    (error) => Number(error instanceof Error ? error.message : ''),
  )
  assert.equal(reply, 'new')
})
