import { DAY, after, epochMs } from '../../shared/time.ts'
import { newMediaId } from './identifiers.ts'
import { nowOf } from './state.ts'
import type { WechatState } from './state.ts'

const TEMPORARY_DAYS = 3

export const storeMedia = (
  state: WechatState,
  type: string,
  contentType: string,
  bytes: Uint8Array<ArrayBuffer>,
  kind: 'temporary' | 'permanent',
): string => {
  const mediaId = newMediaId()
  const expiresAt = kind === 'permanent' ? epochMs(Infinity) : after(nowOf(state), TEMPORARY_DAYS * DAY)
  state.media.set(mediaId, { type, contentType, bytes, expiresAt })
  return mediaId
}
