import { audits } from '../../wechat/endpoints/audits.ts'
import { smallPicture, video } from '../../wechat/endpoints/files.ts'
import { callForAuthorizer } from '../authorizers/authorizer-calls.ts'
import { formatOf, readGiven, type GivenFile } from '../files/given-file.ts'
import { presentImage, type Image } from '../files/images.ts'
import type { Platform } from '../platform.ts'

interface MediaInput extends GivenFile {
  readonly appid: string
}

/** Uploads what the reviewer shall see. WeChat keeps it for three days. */
export async function uploadMedia(platform: Platform, input: MediaInput): Promise<{ type: string; mediaid: string }> {
  const bytes = await readGiven(platform.files, input)
  const { extension, contentType } = formatOf(
    bytes,
    [smallPicture, video],
    input.base64 === undefined ? 'fileId' : 'base64',
  )
  const reply = await callForAuthorizer(platform, input.appid, audits.uploadMedia, {
    file: { filename: `media.${extension}`, contentType, bytes },
  })
  return { type: reply.type ?? contentType.split('/')[0] ?? 'image', mediaid: reply.mediaid }
}

/** A picture that WeChat attached to a rejection. */
export async function readScreenshot(platform: Platform, appid: string, mediaId: string): Promise<Image> {
  return presentImage(await callForAuthorizer(platform, appid, audits.material, { body: { media_id: mediaId } }))
}
