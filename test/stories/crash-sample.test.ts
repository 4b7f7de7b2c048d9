import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { CrashPoint } from '../fixtures/crash-sweep.ts'
import { crashSweep } from '../fixtures/crash-sweep.ts'
import { exchange, refresh } from '../fixtures/crash-scenarios.ts'

/** The worst moments; `npm run test:crash` tries them all. */
const at =
  (path: string, ...points: readonly (readonly [later: number, moment: CrashPoint['moment']])[]) =>
  (operations: readonly string[]): readonly CrashPoint[] =>
    points.map(([later, moment]) => ({ operation: operations.indexOf(path) + 1 + later, moment }))

test('killed between the answer with a new refresh token and its save, the old one dead at once: usable without the merchant', async () => {
  const points = at('/cgi-bin/component/api_authorizer_token', [0, 'applied'], [1, 'before'], [1, 'applied'])
  assert.equal(await crashSweep(refresh, 'rotateAtOnce', points), 3)
})

test('killed after a pushed code was exchanged, before its tokens are saved: the authorization is kept', async () => {
  const points = at('/cgi-bin/component/api_query_auth', [0, 'answered'])
  assert.equal(await crashSweep(exchange, 'rotateAtOnce', points), 1)
})
