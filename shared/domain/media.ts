import { Failure } from '../errors.ts'
import { audits } from '../wechat/endpoints/audits.ts'
import { callForAuthorizer } from './authorizer-calls.ts'
import { presentImage, type Image } from './images.ts'
import type { Platform } from './platform.ts'

/** The functions' bound for a request; WeChat itself takes pictures up to 2 MB and videos up to 10 MB. */
const MAX_BYTES = 4 * 1024 * 1024

interface MediaWish {
  readonly appid: string
  readonly fileId?: string | undefined
  readonly base64?: string | undefined
}

/** Uploads what the reviewer shall see. WeChat keeps it for three days. */
export async function uploadMedia(platform: Platform, wish: MediaWish): Promise<{ type: string; mediaid: string }> {
  const bytes = wish.base64 === undefined ? await platform.files.read(wish.fileId ?? '') : decode(wish.base64)
  if (bytes.length > MAX_BYTES)
    throw new Failure('INVALID_ARGUMENT', 'The file has more than 4 MB', {
      field: wish.base64 === undefined ? 'fileId' : 'base64',
    })
  const kind = kindOf(bytes)
  if (!kind)
    throw new Failure('INVALID_ARGUMENT', 'The file is no PNG, JPEG, GIF or MP4', {
      field: wish.base64 === undefined ? 'fileId' : 'base64',
    })
  const reply = await callForAuthorizer(platform, wish.appid, audits.uploadMedia, {
    file: { filename: `media.${kind.extension}`, contentType: kind.contentType, bytes },
  })
  return { type: reply.type ?? kind.contentType.split('/')[0] ?? 'image', mediaid: reply.mediaid }
}

function decode(base64: string): Buffer {
  if (!/^[A-Za-z0-9+/]+={0,2}$/.test(base64))
    throw new Failure('INVALID_ARGUMENT', 'base64 is not base64', { field: 'base64' })
  return Buffer.from(base64, 'base64')
}

const kinds = [
  {
    extension: 'png',
    contentType: 'image/png',
    isIt: (bytes: Buffer) => bytes.subarray(0, 4).equals(Buffer.from('89504e47', 'hex')),
  },
  {
    extension: 'jpg',
    contentType: 'image/jpeg',
    isIt: (bytes: Buffer) => bytes.subarray(0, 3).equals(Buffer.from('ffd8ff', 'hex')),
  },
  {
    extension: 'gif',
    contentType: 'image/gif',
    isIt: (bytes: Buffer) => bytes.subarray(0, 4).toString('latin1') === 'GIF8',
  },
  {
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
