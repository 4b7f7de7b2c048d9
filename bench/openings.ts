import { createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import { createRequire } from 'node:module'
import xml2js from 'xml2js'
import { COMPONENT, sealed, ticketFields } from '../test/fixtures/pushes.ts'
import { secrets } from '../test/fixtures/platform.ts'
import { openEnvelope } from '../shared/wechat/envelope.ts'
import { readEnvelopeXml } from '../shared/wechat/envelope-xml.ts'
import { readPush } from '../shared/wechat/messages.ts'

const parse = (text: string): Readonly<Record<string, unknown>> => {
  let fields: Readonly<Record<string, unknown>> = {}
  new xml2js.Parser({ explicitRoot: false, explicitArray: false }).parseString(
    text,
    (_error: unknown, root: object) => {
      fields = { ...root }
    },
  )
  return fields
}

/** Ways to open one encrypted push, from its body to its fields. Peers are there if `npm --prefix bench ci` was run. */
export function openings(): ReadonlyMap<string, () => unknown> {
  const { query, body } = sealed(ticketFields('ticket@@@'.padEnd(90, 'x'), 1_713_424_427))
  const given = new URLSearchParams(query)
  const [timestamp, nonce, msgSignature] = ['timestamp', 'nonce', 'msg_signature'].map((name) => given.get(name) ?? '')
  const encrypt = readEnvelopeXml(body).encrypt
  if (timestamp === undefined || nonce === undefined || msgSignature === undefined) throw new Error('no signature')
  const ways = new Map<string, () => unknown>()

  const key = Buffer.from(`${secrets.aesKey}=`, 'base64')
  ways.set('node:crypto', () => {
    const parts = [secrets.token, timestamp, nonce, encrypt].sort().join('')
    const expected = createHash('sha1').update(parts).digest('hex')
    if (!timingSafeEqual(Buffer.from(expected), Buffer.from(msgSignature))) throw new Error('signature')
    const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
    const plain = Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()])
    return plain.toString('utf8', 20, 20 + plain.readUInt32BE(16))
  })
  ways.set('Minifleet', () => {
    const envelope = readEnvelopeXml(body)
    const keys = { token: secrets.token, encodingAesKey: secrets.aesKey, appid: COMPONENT }
    return readPush(openEnvelope(keys, { encrypt: envelope.encrypt, timestamp, nonce, msgSignature }).message)
  })

  const require = createRequire(import.meta.url)
  try {
    const WechatCrypto = require('wechat-crypto')
    const peer = new WechatCrypto(secrets.token, secrets.aesKey, COMPONENT)
    ways.set('wechat-crypto, xml2js', () => {
      const outer = parse(body)
      if (peer.getSignature(timestamp, nonce, outer['Encrypt']) !== msgSignature) throw new Error('signature')
      return parse(peer.decrypt(outer['Encrypt']).message)
    })
    const Encryptor = require('node-easywechat/dist/Core/Encryptor.js')
    const easy = new Encryptor(COMPONENT, secrets.token, secrets.aesKey, COMPONENT)
    ways.set('node-easywechat', () => parse(easy.decrypt(parse(body)['Encrypt'], msgSignature, nonce, timestamp)))
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'MODULE_NOT_FOUND')) throw error
  }
  return ways
}
