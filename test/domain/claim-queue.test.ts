import assert from 'node:assert/strict'
import { test } from 'node:test'
import { createClaimQueue } from '../../shared/domain/tokens/claim-queue.ts'
import type { Claim, ClaimedPage } from '../../shared/domain/stores/tokens.ts'
import { epochMs } from '../../shared/time.ts'

const claim = (appid: string): Claim => ({
  holder: { kind: 'authorizer', appid },
  owner: 'me',
  state: {
    fence: 1,
    tokenFence: 1,
    expiresAt: epochMs(0),
    status: 'active',
    funcInfo: [],
    leased: true,
    failures: 0,
  },
  now: epochMs(0),
  until: epochMs(0),
  unresolved: false,
  doubtful: false,
  failures: 0,
  openRefreshTokens: () => ({}),
})

/** A source that answers these pages, and notes when it was asked. */
function pagesOf(asked: string[], name: string, ...pages: readonly (readonly string[])[]) {
  let at = 0
  return (): Promise<ClaimedPage> => {
    asked.push(name)
    const page = pages[at++] ?? []
    return Promise.resolve({ claims: page.map(claim), more: at < pages.length })
  }
}

const nameOf = (one: Claim | undefined): string | undefined =>
  one?.holder.kind === 'authorizer' ? one.holder.appid : undefined

test('pages come one after the other, each source until it has no more', async () => {
  const asked: string[] = []
  const queue = createClaimQueue({
    sources: [pagesOf(asked, 'a', ['a1', 'a2'], ['a3']), pagesOf(asked, 'b'), pagesOf(asked, 'c', ['c1'])],
    reserve: 1,
    mayClaim: () => true,
  })
  assert.equal(queue.finished, false)
  const got = []
  for (let next = await queue.next(); next; next = await queue.next()) got.push(nameOf(next))
  assert.deepEqual(got, ['a1', 'a2', 'a3', 'c1'])
  assert.deepEqual(asked, ['a', 'a', 'b', 'c'])
  assert.equal(queue.finished, true)
  assert.deepEqual(await queue.close(), [])
})

test('the next page is fetched while there are fewer at hand than the reserve, by one for all', async () => {
  const asked: string[] = []
  const queue = createClaimQueue({
    sources: [pagesOf(asked, 'a', ['a1', 'a2', 'a3'], ['a4'])],
    reserve: 2,
    mayClaim: () => true,
  })
  const [first, second] = await Promise.all([queue.next(), queue.next()])
  assert.deepEqual([nameOf(first), nameOf(second)], ['a1', 'a2'])
  assert.deepEqual(asked, ['a'])
  assert.equal(nameOf(await queue.next()), 'a3')
  assert.deepEqual(asked, ['a', 'a'])
  assert.equal(queue.finished, false)
  assert.deepEqual((await queue.close()).map(nameOf), ['a4'])
})

test('with the reserve at hand nothing is fetched', async () => {
  const asked: string[] = []
  const queue = createClaimQueue({
    sources: [pagesOf(asked, 'a', ['a1', 'a2', 'a3'], ['a4'])],
    reserve: 2,
    mayClaim: () => true,
  })
  await queue.next()
  assert.deepEqual(asked, ['a'])
  assert.equal(queue.finished, false)
})

test('nothing is claimed once the time is over, nor after the end', async () => {
  const asked: string[] = []
  let mayClaim = true
  const sources = [pagesOf(asked, 'a', ['a1', 'a2'], ['a3'])]
  const queue = createClaimQueue({ sources, reserve: 5, mayClaim: () => mayClaim })
  assert.equal(nameOf(await queue.next()), 'a1')
  mayClaim = false
  assert.equal(nameOf(await queue.next()), 'a2')
  await Promise.resolve()
  assert.equal(nameOf(await queue.next()), 'a3')
  assert.equal(await queue.next(), undefined)

  const pages = pagesOf(asked, 'b', ['b1', 'b2'], ['b3'], ['b4'])
  const other = createClaimQueue({ sources: [pages], reserve: 2, mayClaim: () => true })
  await other.next()
  await other.next()
  assert.deepEqual((await other.close()).map(nameOf), ['b3'])
  assert.equal(await other.next(), undefined)
  assert.deepEqual(asked, ['a', 'a', 'b', 'b'])
})

test('a page that cannot be had fails whoever has nothing else, and ends no work at hand', async () => {
  const asked: string[] = []
  let pages = 0
  const source = (): Promise<ClaimedPage> =>
    (pages += 1) === 1
      ? Promise.resolve({ claims: [claim('a1')], more: true })
      : Promise.reject(new Error(`page ${pages}`))
  const queue = createClaimQueue({ sources: [source, pagesOf(asked, 'b', ['b1'])], reserve: 2, mayClaim: () => true })
  assert.equal(nameOf(await queue.next()), 'a1')
  await assert.rejects(queue.next(), { message: 'page 2' })
  assert.equal(queue.finished, false)
  const failing = queue.next()
  assert.deepEqual(await queue.close(), [])
  await assert.rejects(failing, { message: 'page 3' })
  assert.deepEqual(asked, [])
})
