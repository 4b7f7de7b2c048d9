import { Failure } from '../../errors.ts'
import { audits } from '../../wechat/endpoints/audits.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { presentImage, type Image } from './images.ts'
import type { Platform } from '../platform.ts'

const MB = 1024 * 1024

/** The bound of a call; files that are larger come through cloud storage. */
const MAX_INLINE_BYTES = 4 * MB

interface MediaWish {
  readonly appid: string
  readonly fileId?: string | undefined
  readonly base64?: string | undefined
}

/** Uploads what the reviewer shall see. WeChat keeps it for three days. */
export async function uploadMedia(platform: Platform, wish: MediaWish): Promise<{ type: string; mediaid: string }> {
  const field = wish.base64 === undefined ? 'fileId' : 'base64'
  const bytes = wish.base64 === undefined ? await platform.files.read(wish.fileId ?? '') : decode(wish.base64)
  if (field === 'base64' && bytes.length > MAX_INLINE_BYTES)
    throw new Failure('FILE_TOO_LARGE_INLINE', { params: { megabytes: MAX_INLINE_BYTES / MB }, field })
  const kind = kindOf(bytes)
  if (!kind) throw new Failure('FILE_KIND_NOT_TAKEN', { field })
  if (bytes.length > kind.maxBytes)
    throw new Failure('FILE_TOO_LARGE', { params: { kind: kind.name, megabytes: kind.maxBytes / MB }, field })
  const reply = await callForAuthorizer(platform, wish.appid, audits.uploadMedia, {
    file: { filename: `media.${kind.extension}`, contentType: kind.contentType, bytes },
  })
  return { type: reply.type ?? kind.contentType.split('/')[0] ?? 'image', mediaid: reply.mediaid }
}

function decode(base64: string): Buffer {
  if (base64.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    throw new Failure('NOT_BASE64', { field: 'base64' })
  return Buffer.from(base64, 'base64')
}

const picture = { name: 'picture', maxBytes: 2 * MB }
const video = { name: 'video', maxBytes: 10 * MB }

const kinds = [
  {
    ...picture,
    extension: 'png',
    contentType: 'image/png',
    isIt: (bytes: Buffer) => bytes.subarray(0, 4).equals(Buffer.from('89504e47', 'hex')),
  },
  {
    ...picture,
    extension: 'jpg',
    contentType: 'image/jpeg',
    isIt: (bytes: Buffer) => bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')),
  },
  {
    ...picture,
    extension: 'gif',
    contentType: 'image/gif',
    isIt: (bytes: Buffer) => bytes.subarray(0, 4).toString('latin1') === 'GIF8',
  },
  {
    ...video,
    extension: 'mp4',
    contentType: 'video/mp4',
    isIt: (bytes: Buffer) => bytes.subarray(4, 8).toString('latin1') === 'ftyp',
  },
]

const kindOf = (bytes: Buffer) => kinds.find((kind) => kind.isIt(bytes))

/** A picture that WeChat attached to a rejection. */
export async function readScreenshot(platform: Platform, appid: string, mediaId: string): Promise<Image> {
  return presentImage(await callForAuthorizer(platform, appid, audits.material, { body: { media_id: mediaId } }))
}
