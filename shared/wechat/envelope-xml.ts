import { MessageRefused } from './message-refused.ts'
import { DECLARATION } from './xml-check.ts'

/**
 * The outer envelope, which may hold nothing else: a readable field beside `Encrypt` is a downgrade attempt.
 * @throws {MessageRefused}
 */
export const readEnvelopeXml = (body: string): { encrypt: string; appId?: string; toUserName?: string } => {
  const inner = /^\s*<xml>(.*)<\/xml>\s*$/s.exec(body.replace(DECLARATION, ''))?.[1]
  if (inner === undefined) throw new MessageRefused('not an envelope')
  const field = /\s*<(AppId|ToUserName|Encrypt)>(?:<!\[CDATA\[([^\]<]*)\]\]>|([^<&]*))<\/\1>\s*/y
  const found = new Map<string, string>()
  while (field.lastIndex < inner.length) {
    const match = field.exec(inner)
    const name = match?.[1]
    if (name === undefined || found.has(name)) throw new MessageRefused('not an envelope')
    found.set(name, match?.[2] ?? match?.[3] ?? '')
  }
  const encrypt = found.get('Encrypt')
  if (!encrypt) throw new MessageRefused('no Encrypt')
  const appId = found.get('AppId')
  const toUserName = found.get('ToUserName')
  return { encrypt, ...(appId !== undefined && { appId }), ...(toUserName !== undefined && { toUserName }) }
}
