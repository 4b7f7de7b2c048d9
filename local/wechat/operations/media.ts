/** Reference 6.4 and 3.1: material for review, temporary material, rejection screenshots. */
import * as v from 'valibot'
import { toUnixSeconds } from '../../../shared/time.ts'
import { refuse, refuseUnless } from '../errors.ts'
import { storeMedia } from '../media.ts'
import type { UploadedFile } from './operation.ts'
import { BinaryReply, withAuthorizerToken, withUpload } from './operation.ts'

const MIB = 1024 * 1024
const IMAGE_LIMIT = 2 * MIB
const VIDEO_LIMIT = 10 * MIB

const IMAGE_TYPES = new Set(['image/png', 'image/jpeg', 'image/jpg', 'image/gif'])

const kindOf = ({ contentType }: UploadedFile): 'image' | 'video' => {
  const type = contentType.split(';', 1)[0] ?? ''
  if (IMAGE_TYPES.has(type)) return 'image'
  return type === 'video/mp4' ? 'video' : refuse(40005)
}

const checked = (file: UploadedFile): 'image' | 'video' => {
  const kind = kindOf(file)
  refuseUnless(file.bytes.length <= (kind === 'image' ? IMAGE_LIMIT : VIDEO_LIMIT), 40006)
  return kind
}

export const mediaOperations = [
  withUpload('/wxa/uploadmedia', [18], 'media', (state, file) => {
    const type = checked(file)
    const mediaid = storeMedia(state, type, file.contentType, new Uint8Array(file.bytes), 'temporary')
    return { errcode: 0, errmsg: 'ok', type, mediaid }
  }),

  withUpload('/cgi-bin/media/upload', [], 'media', (state, file, { now, query }) => {
    const type = query['type']
    refuseUnless(type === checked(file), 40005)
    const mediaId = storeMedia(state, type ?? '', file.contentType, new Uint8Array(file.bytes), 'temporary')
    return { type, media_id: mediaId, created_at: toUnixSeconds(now) }
  }),

  withAuthorizerToken(
    'POST',
    '/cgi-bin/material/get_material',
    [],
    v.object({ media_id: v.optional(v.string(), '') }),
    (state, input, { now }) => {
      refuseUnless(input.media_id !== '', 41006)
      const media = state.media.get(input.media_id)
      if (media === undefined || now >= media.expiresAt) return refuse(40007)
      return new BinaryReply(media.contentType, media.bytes)
    },
  ),
]
