/** The least that a handler of pushes can do: check, decrypt, write one row with the SDK, answer. */
import tcb from '@cloudbase/node-sdk'
import { createDecipheriv, createHash } from 'node:crypto'

const key = Buffer.from(`${process.env.COMPONENT_AES_KEY}=`, 'base64')
const database = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV, keepalive: true }).database()

interface Event {
  readonly body: string
  readonly queryStringParameters: Readonly<Record<string, string>>
}

export const main = async ({ body, queryStringParameters: query }: Event): Promise<object> => {
  const encrypt = /<Encrypt><!\[CDATA\[([^\]]*)/.exec(body)?.[1] ?? ''
  const parts = [process.env.COMPONENT_TOKEN ?? '', query['timestamp'] ?? '', query['nonce'] ?? '', encrypt]
  if (createHash('sha1').update(parts.sort().join('')).digest('hex') !== query['msg_signature'])
    return { statusCode: 403 }
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(encrypt, 'base64'), decipher.final()])
  const message = plain.toString('utf8', 20, 20 + plain.readUInt32BE(16))
  const ticket = /<ComponentVerifyTicket><!\[CDATA\[([^\]]*)/.exec(message)?.[1] ?? ''
  await database.collection('pushes').add({ _id: createHash('sha256').update(ticket).digest('hex'), ticket })
  return { statusCode: 200, headers: { 'content-type': 'text/plain' }, body: 'success' }
}
