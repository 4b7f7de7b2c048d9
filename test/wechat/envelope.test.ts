import assert from 'node:assert/strict'
import { createCipheriv, createHash } from 'node:crypto'
import { test } from 'node:test'
import { inspect } from 'node:util'
import * as fc from 'fast-check'
import {
  EnvelopeRefused,
  isEncodingAesKey,
  openEnvelope,
  renderEncryptedReply,
  sealEnvelope,
  type SignedEnvelope,
} from '../../shared/wechat/envelope.ts'

const official = { token: 'AAAAA', encodingAesKey: 'A'.repeat(43), appid: 'wx134c8103faa5a59e' }
const ours = {
  token: 'pamtest',
  encodingAesKey: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  appid: 'wxb11529c136998cb6',
}

const sha1 = (...parts: string[]): string => createHash('sha1').update(parts.toSorted().join('')).digest('hex')

/** Signs and encrypts any bytes, also such as no honest sender would send. */
const forge = (padded: Buffer, change: Partial<SignedEnvelope> = {}): SignedEnvelope => {
  const key = Buffer.from(`${ours.encodingAesKey}=`, 'base64')
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const envelope = {
    encrypt: Buffer.concat([cipher.update(padded), cipher.final()]).toString('base64'),
    timestamp: '1409304348',
    nonce: 'xxxxxx',
    ...change,
  }
  const { encrypt, timestamp, nonce } = envelope
  return { msgSignature: sha1(ours.token, timestamp, nonce, encrypt), ...envelope }
}

const plain = (message: Buffer, { length = message.length, appid = ours.appid } = {}): Buffer => {
  const head = Buffer.alloc(20, 'r')
  head.writeUInt32BE(length, 16)
  return Buffer.concat([head, message, Buffer.from(appid)])
}

const pad = (bytes: Buffer, size = 32 - (bytes.length % 32)): Buffer => Buffer.concat([bytes, Buffer.alloc(size, size)])

const assertRefused = (envelope: SignedEnvelope, keys: Parameters<typeof openEnvelope>[0] = ours): EnvelopeRefused => {
  let refused: unknown
  assert.throws(
    () => openEnvelope(keys, envelope),
    (error) => {
      refused = error
      return error instanceof EnvelopeRefused
    },
  )
  assert.ok(refused instanceof EnvelopeRefused)
  assert.equal(refused.message, 'The message is not from WeChat or is damaged')
  return refused
}

test('opens the request that the official page publishes', () => {
  const opened = openEnvelope(official, {
    encrypt:
      'D7yzvUNAL930rd28wf21s4hvXhz0L6Uit/p2Di6C5DHyYGpEgdBRnKjBec34JwoQXicwaZC7fOVihW80F4VtsdvE//1vr7oAbqjDv8KenVp+ajKYpJnyQ4zMRhIC+a31fCVOMC03FfzV/QuC94kBP55a+Za3sJgvAn+ZbsNqZI5DkyuzkhQN8OBqCzFhizGmy0xpM0MEA4agpvE+RuNO1rhHTtuJB5yltw1FiYzecSXJ+y/D2r81VkRn2eYjh2ltsoyfbDR7Is6ookXIFxTfyeNyeHxMeT4KN5WpCDmSbTcUYrbBUlkGLJ9n/rU8YOywma6G7aTb7KZKOqCxgfoUlYEZPk4FUL/TK7ShriFDMVCLyjQJ15Ob++agDWtcxhfUfe6HIoIpRW8mKNBQiY/Jd1svvuskA1wLef1RTtzKfMpagSCX/laZINmdnX4zrF6kIaR9P4xQrWXbsTFHTYe0Mg==',
    timestamp: '1715943329',
    nonce: '1590219412',
    msgSignature: '6c12a4205838198b8fa631b3220723bb07f1015c',
  })
  assert.equal(
    opened.message,
    `<xml><ToUserName><![CDATA[gh_97417a04a28d]]></ToUserName>
<FromUserName><![CDATA[o9AgO5Kd5ggOC-bXrbNODIiE3bGY]]></FromUserName>
<CreateTime>1715943329</CreateTime>
<MsgType><![CDATA[event]]></MsgType>
<Event><![CDATA[debug_demo]]></Event>
<debug_str><![CDATA[hello world]]></debug_str>
</xml>`,
  )
  assert.equal(opened.encodingAesKey, official.encodingAesKey)
})

test('seals the reply that the official page publishes', () => {
  const sealed = sealEnvelope(official, {
    message: '<xml><demo_resp>[CDATA[good luck]]</demo_resp></xml>',
    timestamp: '1713424427',
    nonce: '415670741',
    random: Buffer.from('999951349e8ee746'),
  })
  assert.equal(
    renderEncryptedReply(sealed),
    `<xml>
<Encrypt><![CDATA[hE8R6mGXHkJJjU72KxzKUd1GEkKJaEZq7vRL8XgK3o+00k8JGq6+pZJUIlTSyhsX+bxIBQ72g3GyvDdIZcr6+3HAZbSvPT9t/o11MI7d6WELwqrGd7jMnV0zv3Zc9Nq7]]></Encrypt>
<MsgSignature><![CDATA[03e0812039325c2712ef5f0f980fd14c70d6e307]]></MsgSignature>
<TimeStamp>1713424427</TimeStamp>
<Nonce><![CDATA[415670741]]></Nonce>
</xml>`,
  )
})

test('seals and opens text of several bytes a character', () => {
  const sealed = sealEnvelope(ours, {
    message: '我是中文abcd123',
    timestamp: '1409304348',
    nonce: 'xxxxxx',
    random: Buffer.from('aaaabbbbccccdddd'),
  })
  assert.deepEqual(sealed, {
    encrypt: 'jn1L23DB+6ELqJ+6bruv21Y6MD7KeIfP82D6gU39rmkgczbWwt5+3bnyg5K55bgVtVzd832WzZGMhkP72vVOfg==',
    timestamp: '1409304348',
    nonce: 'xxxxxx',
    msgSignature: '82c962d39941aa48552f90ef55aa323dc620cc10',
  })
  assert.equal(openEnvelope(ours, sealed).message, '我是中文abcd123')
})

test('every length from 0 to 4096 bytes comes back', () => {
  for (let length = 0; length <= 4096; length += 1) {
    const message = 'x'.repeat(length)
    const sealed = sealEnvelope(ours, { message, timestamp: '1', nonce: 'n' })
    assert.equal(openEnvelope(ours, sealed).message.length, length)
  }
})

test('any text comes back', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 300 }), fc.string(), (message, nonce) => {
      const sealed = sealEnvelope(ours, { message, timestamp: '1700000000', nonce })
      assert.equal(openEnvelope(ours, sealed).message, message)
    }),
    { seed: 1, numRuns: 300 },
  )
})

test('a key that was changed: the former one still opens, and says so', () => {
  const former = { ...ours, encodingAesKey: 'Z'.repeat(43) }
  const keys = { ...ours, previousEncodingAesKey: former.encodingAesKey }
  const content = { message: 'ticket', timestamp: '1', nonce: 'n' }
  assert.deepEqual(openEnvelope(keys, sealEnvelope(former, content)), {
    message: 'ticket',
    encodingAesKey: former.encodingAesKey,
  })
  assert.deepEqual(openEnvelope(keys, sealEnvelope(ours, content)), {
    message: 'ticket',
    encodingAesKey: ours.encodingAesKey,
  })
  assertRefused(sealEnvelope({ ...ours, encodingAesKey: 'Q'.repeat(43) }, content), keys)
  const latin = sealEnvelope(former, { ...content, message: Buffer.from([0x68, 0x69, 0xff]) })
  assert.equal(assertRefused(latin, keys).remains, 'hi\ufffd')
})

test('what no honest sender sends is refused, always with the same words', () => {
  const message = Buffer.from('hello')
  const good = pad(plain(message))
  assert.equal(openEnvelope(ours, forge(good)).message, 'hello')

  const broken: [string, Buffer, EnvelopeRefused['flaw']][] = [
    ['padding 0', Buffer.concat([good.subarray(0, -1), Buffer.from([0])]), 'padding'],
    ['only zeros', Buffer.alloc(32), 'padding'],
    ['padding 33', pad(plain(Buffer.alloc(25, 'x')), 33), 'padding'],
    ['padding 255', Buffer.concat([good.subarray(0, -1), Buffer.from([255])]), 'padding'],
    ['more padding than there is', Buffer.alloc(16, 32), 'padding'],
    ['uneven padding', Buffer.concat([good.subarray(0, -2), Buffer.from([1, good.at(-1) ?? 0])]), 'padding'],
    ['length one too short', pad(plain(message, { length: 4 })), 'appid'],
    ['length one too long', pad(plain(message, { length: 6 })), 'appid'],
    ['length up to the end', pad(plain(message, { length: 23 })), 'appid'],
    ['length beyond the end', pad(plain(message, { length: 24 })), 'length'],
    ['length huge', pad(plain(message, { length: 0xffffffff })), 'length'],
    ['no length at all', pad(Buffer.alloc(5)), 'length'],
    ['nothing behind the length', pad(Buffer.alloc(20)), 'appid'],
    ['only padding', Buffer.alloc(32, 32), 'length'],
    ['another appid', pad(plain(message, { appid: 'wx134c8103faa5a59e' })), 'appid'],
    ['appid and more', pad(plain(message, { appid: `${ours.appid}x` })), 'appid'],
    ['no appid', pad(plain(message, { appid: '' })), 'appid'],
    ['not UTF-8', pad(plain(Buffer.from([0xff, 0xfe]))), 'utf-8'],
    ['nothing', Buffer.alloc(0), 'length'],
  ]
  for (const [name, padded, flaw] of broken) assert.equal(assertRefused(forge(padded)).flaw, flaw, name)

  const changes: [string, Partial<SignedEnvelope>, EnvelopeRefused['flaw']][] = [
    ['not base64', { encrypt: '!!!!' }, 'base64'],
    ['base64 with a line break', { encrypt: `${forge(good).encrypt}\n` }, 'base64'],
    [
      'base64 of another alphabet',
      { encrypt: forge(good).encrypt.replaceAll('+', '-').replaceAll('/', '_').replace(/=*$/, '') },
      'base64',
    ],
    ['half a block', { encrypt: Buffer.alloc(8).toString('base64') }, 'length'],
    ['no cipher', { encrypt: '' }, 'length'],
    ['timestamp of letters', { timestamp: 'now' }, 'timestamp'],
    ['timestamp and more', { timestamp: '1409304348x' }, 'timestamp'],
    ['no timestamp', { timestamp: '' }, 'timestamp'],
    ['negative timestamp', { timestamp: '-1' }, 'timestamp'],
    ['no signature', { msgSignature: '' }, 'signature'],
    ['short signature', { msgSignature: 'abc' }, 'signature'],
    ['long signature', { msgSignature: 'a'.repeat(100_000) }, 'signature'],
    ['signature of other characters', { msgSignature: '签'.repeat(40) }, 'signature'],
    ['signature in capitals', { msgSignature: forge(good).msgSignature.toUpperCase() }, 'signature'],
    ['signature without the body', { msgSignature: sha1(ours.token, '1409304348', 'xxxxxx') }, 'signature'],
  ]
  for (const [name, change, flaw] of changes) assert.equal(assertRefused(forge(good, change)).flaw, flaw, name)
})

test('the signature is checked before anything is decrypted', () => {
  const flaws = [Buffer.alloc(32, 7), pad(plain(Buffer.from('x')))].map(
    (padded) => assertRefused({ ...forge(padded), msgSignature: 'f'.repeat(40) }).flaw,
  )
  assert.deepEqual(flaws, ['signature', 'signature'])
})

test('one changed bit anywhere is refused, signed or not', () => {
  const cipherText = Buffer.from(forge(pad(plain(Buffer.from('a message')))).encrypt, 'base64')
  const original = forge(pad(plain(Buffer.from('a message'))))
  fc.assert(
    fc.property(fc.nat({ max: cipherText.length * 8 - 1 }), (bit) => {
      const changed = Buffer.from(cipherText)
      changed.writeUInt8(changed.readUInt8(bit >> 3) ^ (1 << (bit & 7)), bit >> 3)
      assertRefused({ ...original, encrypt: changed.toString('base64') })
    }),
    { seed: 2, numRuns: 300 },
  )
})

test('random envelopes are refused and never throw anything else', () => {
  fc.assert(
    fc.property(fc.string(), fc.string(), fc.string(), fc.string(), (encrypt, timestamp, nonce, msgSignature) => {
      assertRefused({ encrypt, timestamp, nonce, msgSignature })
    }),
    { seed: 3, numRuns: 500 },
  )
})

test('the refusal shows nothing to whoever serialises it', () => {
  const refused = assertRefused(forge(Buffer.alloc(32, 7), { nonce: 'NONCE-MARKER' }))
  assert.equal(JSON.stringify(refused), '{"name":"EnvelopeRefused"}')
  assert.doesNotMatch(inspect(refused), /MARKER|padding|pamtest/)
})

test('an EncodingAESKey is 43 letters and digits', () => {
  const rows: [string, boolean][] = [
    ['A'.repeat(43), true],
    [ours.encodingAesKey, true],
    ['A'.repeat(42), false],
    ['A'.repeat(44), false],
    [`${'A'.repeat(42)}=`, false],
    [`${'A'.repeat(42)}+`, false],
    [`${'A'.repeat(43)}\n`, false],
    ['', false],
  ]
  for (const [key, expected] of rows) assert.equal(isEncodingAesKey(key), expected, key)
  assert.throws(() => sealEnvelope({ ...ours, encodingAesKey: 'short' }, { message: '', timestamp: '1', nonce: '' }), {
    name: 'TypeError',
    message: 'EncodingAESKey must be 43 letters and digits',
  })
  const random = Buffer.alloc(15)
  assert.throws(() => sealEnvelope(ours, { message: '', timestamp: '1', nonce: '', random }), {
    name: 'TypeError',
    message: 'random must be 16 bytes',
  })
})
