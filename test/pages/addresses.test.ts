import assert from 'node:assert/strict'
import { test } from 'node:test'
import { readCallbackAddress } from '../../shared/entry/callback-address.ts'
import { isLinkPreview } from '../../shared/entry/link-previews.ts'
import type { HttpRequest } from '../../shared/http-message.ts'

const request = (change: Partial<HttpRequest>): HttpRequest => ({
  method: 'GET',
  path: '/',
  query: {},
  headers: {},
  cookies: {},
  body: Buffer.alloc(0),
  ...change,
})

const C = 'queryauthcode@@@a+b_c-d=='

const addresses: readonly (readonly [string, string, Record<string, string>, string, string | undefined])[] = [
  ['as WeChat sends it', '/auth/callback/STATE', { auth_code: C, expires_in: '600' }, 'STATE', C],
  ['with the prefix stripped', '/STATE', { auth_code: C }, 'STATE', C],
  ['behind a prefix of its own', '/base/auth/callback/STATE', { auth_code: C }, 'STATE', C],
  ['with a slash at the end', '/auth/callback/STATE//', { auth_code: C }, 'STATE', C],
  ['behind another parameter', '/STATE', { x: `1?auth_code=${C}`, expires_in: '600' }, 'STATE', C],
  ['behind the third question mark', '/STATE', { x: `1?y=2?auth_code=${C}` }, 'STATE', C],
  ['behind another parameter, encoded once more', '/STATE', { x: `1?auth_code=${encodeURIComponent(C)}` }, 'STATE', C],
  ['followed by a second query', '/STATE', { auth_code: `${C}?from=singlemessage` }, 'STATE', C],
  ['behind a second question mark', '/STATE', { '?auth_code': C }, 'STATE', C],
  ['behind a name', '/STATE', { 'x?auth_code': C }, 'STATE', C],
  ['within an encoded path', `/STATE%3Fauth_code=${encodeURIComponent(C)}%26expires_in=600`, {}, 'STATE', C],
  ['beside an encoded question mark', '/STATE%3Fx=1', { auth_code: C }, 'STATE', C],
  [
    'with an ampersand and no question mark',
    `/STATE&auth_code=${encodeURIComponent(C)}&expires_in=600`,
    {},
    'STATE',
    C,
  ],
  ['twice, once empty', '/STATE', { auth_code: '', x: `1?auth_code=${C}` }, 'STATE', C],
  ['twice, with different values', '/STATE', { auth_code: C, x: '1?auth_code=other' }, 'STATE', C],
  ['without a code', '/STATE', { expires_in: '600' }, 'STATE', undefined],
  ['with an empty code', '/STATE', { auth_code: '' }, 'STATE', undefined],
  ['without a state', '/auth/callback/', { auth_code: C }, 'callback', C],
  ['without anything', '/', {}, '', undefined],
  ['with a broken escape', '/STATE%E0%A4%A', { auth_code: C }, 'STATE%E0%A4%A', C],
  ['with a state in the query only', '/', { state: 'STATE', auth_code: C }, '', C],
]
for (const [name, path, query, stateToken, code] of addresses)
  test(`a callback ${name}`, () => {
    assert.deepEqual(readCallbackAddress(request({ path, query })), { stateToken, code })
  })

const onlookers: readonly (readonly [string, boolean, Partial<HttpRequest>])[] = [
  ['HEAD', true, { method: 'HEAD' }],
  ['a prefetching Chrome', true, { headers: { 'sec-purpose': 'prefetch' } }],
  ['a prerendering Chrome', true, { headers: { 'sec-purpose': 'prefetch;prerender', purpose: 'prefetch' } }],
  ['an older browser', true, { headers: { purpose: 'prefetch' } }],
  ['Safari’s top sites', true, { headers: { 'x-purpose': 'preview' } }],
  ['an older Firefox', true, { headers: { 'x-moz': 'prefetch' } }],
  [
    'a chat that shows a card',
    true,
    { headers: { 'user-agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' } },
  ],
  ['a crawler', true, { headers: { 'user-agent': 'Mozilla/5.0 (compatible; Baiduspider/2.0)' } }],
  ['a person', false, {}],
  [
    'a person with a phone of that name',
    false,
    { headers: { 'user-agent': 'Mozilla/5.0 (Linux; Android 10; CUBOT X30) MicroMessenger/8.0.50' } },
  ],
]
for (const [name, expected, change] of onlookers)
  test(`${name} ${expected ? 'only looks' : 'is served'}`, () => {
    assert.equal(isLinkPreview(request(change)), expected)
  })
