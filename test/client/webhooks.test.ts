import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Webhook } from 'standardwebhooks'
import { verifyWebhook, WebhookError, type Delivered } from '../../client/src/webhooks.ts'

/* What the client believes of a delivery; signed by the standard's own library. */

const secretOf = (fill: number): string => `whsec_${Buffer.alloc(24, fill).toString('base64')}`
const [secret, next, foreign] = [secretOf(1), secretOf(2), secretOf(3)]
const body = JSON.stringify({ id: 'msg_1', type: 'binding.bound', data: { businessId: '花店 🌸' } })

interface Sending {
  readonly by?: readonly string[]
  readonly secondsAgo?: number
  readonly text?: string
}

const send = ({ by = [secret], secondsAgo = 0, text = body }: Sending = {}) => {
  const at = new Date(Date.now() - secondsAgo * 1000)
  return {
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': by.map((one) => new Webhook(one).sign('msg_1', at, text)).join(' '),
  }
}

const outcome = async (delivered: Delivered): Promise<string> => {
  try {
    return (await verifyWebhook(delivered)).id
  } catch (error) {
    return error instanceof WebhookError ? error.flaw : String(error)
  }
}

test('a genuine delivery is believed, in whatever form it is handed over', async () => {
  const headers = send()
  const upper = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toUpperCase(), value]))
  const bytes = Buffer.from(`  ${body}`).subarray(2)
  const rows: readonly [title: string, delivered: Delivered][] = [
    ['a text', { secret, headers, body }],
    ['a part of a buffer', { secret, headers, body: bytes }],
    ['an ArrayBuffer', { secret, headers, body: new TextEncoder().encode(body).buffer }],
    ['Headers', { secret, headers: new Headers(headers), body }],
    ['names in capitals', { secret, headers: upper, body }],
    ['a secret without its mark', { secret: secret.replace('whsec_', ''), headers, body }],
    ['while the secret is changed, there', { secret, headers: send({ by: [next, secret] }), body }],
    ['while the secret is changed, here', { secret: [next, secret], headers, body }],
    ['a clock five minutes behind', { secret, headers: send({ secondsAgo: 295 }), body }],
    ['a clock five minutes ahead', { secret, headers: send({ secondsAgo: -295 }), body }],
    [
      'a signature of a later version beside',
      { secret, headers: { ...headers, 'webhook-signature': `v2,x ${headers['webhook-signature']}` }, body },
    ],
  ]
  for (const [title, delivered] of rows) assert.equal(await outcome(delivered), 'msg_1', title)
  const { type, data } = await verifyWebhook({ secret, headers, body })
  assert.deepEqual([type, data], ['binding.bound', { businessId: '花店 🌸' }])
})

test('anything else is not, and a secret that is none is a mistake of the receiver', async () => {
  const headers = send()
  const without = (name: string) => Object.fromEntries(Object.entries(headers).filter(([key]) => key !== name))
  const signature = headers['webhook-signature']
  const rows: readonly [flaw: string, delivered: Delivered][] = [
    ['HEADER_MISSING', { secret, headers: without('webhook-id'), body }],
    ['HEADER_MISSING', { secret, headers: without('webhook-timestamp'), body }],
    ['HEADER_MISSING', { secret, headers: new Headers(without('webhook-signature')), body }],
    ['HEADER_MISSING', { secret, headers: { ...headers, 'webhook-id': '' }, body }],
    ['NOT_IN_TIME', { secret, headers: send({ secondsAgo: 310 }), body }],
    ['NOT_IN_TIME', { secret, headers: send({ secondsAgo: -310 }), body }],
    ['NOT_IN_TIME', { secret, headers: send({ secondsAgo: 20 }), body, toleranceSeconds: 10 }],
    ['NOT_IN_TIME', { secret, headers: { ...headers, 'webhook-timestamp': 'now' }, body }],
    ['NOT_IN_TIME', { secret, headers: { ...headers, 'webhook-timestamp': ' 1' }, body }],
    ['NOT_IN_TIME', { secret, headers, body, toleranceSeconds: Number.NaN }],
    ['SIGNATURE_WRONG', { secret: foreign, headers, body }],
    ['SIGNATURE_WRONG', { secret: [next, foreign], headers, body }],
    ['SIGNATURE_WRONG', { secret, headers, body: `${body} ` }],
    ['SIGNATURE_WRONG', { secret, headers, body: JSON.stringify(JSON.parse(body), undefined, 1) }],
    ['SIGNATURE_WRONG', { secret, headers: { ...headers, 'webhook-id': 'msg_2' }, body }],
    ['SIGNATURE_WRONG', { secret, headers: { ...headers, 'webhook-signature': signature.slice(0, -2) }, body }],
    [
      'SIGNATURE_WRONG',
      { secret, headers: { ...headers, 'webhook-signature': signature.replace('v1,', 'v1a,') }, body },
    ],
    ['SIGNATURE_WRONG', { secret, headers: { ...headers, 'webhook-signature': 'v1,' }, body }],
    ['SIGNATURE_WRONG', { secret, headers: { ...headers, 'webhook-signature': 'v1,花' }, body }],
    ['BODY_MALFORMED', { secret, headers: send({ text: 'hello' }), body: 'hello' }],
  ]
  for (const [index, [flaw, delivered]] of rows.entries()) assert.equal(await outcome(delivered), flaw, `row ${index}`)
  for (const wrong of ['', 'whsec_', 'whsec_!', []]) {
    const told = await outcome({ secret: wrong, headers, body })
    assert.match(told, /^TypeError: (?:A webhook secret is whsec_ and base64|No webhook secret was given)$/)
  }
})
