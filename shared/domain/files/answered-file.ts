import * as v from 'valibot'
import type { BinaryReply } from '../../wechat/endpoints/endpoint.ts'
import { image } from '../answers.ts'
import type { Platform } from '../platform.ts'
import { MAX_INLINE_BYTES, presentImage, type Image } from './images.ts'
import { lazily, told } from '../described-fields.ts'

/** A file that WeChat sent: inside the answer, or in cloud storage where it is too large for that. */
export const answeredFile = lazily(() =>
  v.union([
    image(),
    v.strictObject({
      fileId: told('Where it lies in cloud storage', '云存储文件', v.string(), 'cloud://env/wechat/wx1/a1b2c3'),
    }),
  ]),
)

type AnsweredFile = Image | { readonly fileId: string }

/** @param appid whose it is; none: the platform's */
export async function presentFile(
  platform: Platform,
  { contentType, bytes }: BinaryReply,
  appid: string | undefined,
): Promise<AnsweredFile> {
  if (bytes.length <= MAX_INLINE_BYTES) return presentImage({ contentType, bytes })
  return { fileId: await platform.files.write(`wechat/${appid ?? 'platform'}/${platform.ids.random()}`, bytes) }
}
