import type { Platform } from '../platform.ts'

type Purpose = 'invite' | 'state'

/** As it stands in links: the signature lets forged ones be refused without a read. */
export const signed = (platform: Platform, purpose: Purpose, id: string): string =>
  `${id}.${platform.ids.sign(purpose, id)}`

/** The id, where we signed it for this purpose. */
export function openSigned(platform: Platform, purpose: Purpose, token: string): string | undefined {
  const match = /^([0-9a-f]{32})\.([\w-]{20,100})$/.exec(token)
  const [, id = '', signature = ''] = match ?? []
  return match && platform.ids.verify(purpose, id, signature) ? id : undefined
}
