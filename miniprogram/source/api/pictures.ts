import { call } from './call.ts'
import { Refused } from './refused.ts'

export interface Picture {
  readonly contentType: string
  readonly base64: string
}

/** Shows a picture over the whole screen, where it can be kept or passed on. */
export function showPicture(name: string, { contentType, base64 }: Picture): void {
  const path = `${wx.env.USER_DATA_PATH}/${name}.${contentType.split('/')[1] ?? 'png'}`
  wx.getFileSystemManager().writeFileSync(path, base64, 'base64')
  void wx.previewImage({ urls: [path] })
}

/** A call takes at most 100 KB; base64 makes 4 bytes of 3. */
const MAX_INLINE_BYTES = 70_000

/** Has the person choose pictures and uploads them for the reviewer; answers WeChat's ids of them. */
export async function uploadPictures(appid: string, count: number): Promise<string[]> {
  const { tempFiles } = await wx.chooseMedia({ count, mediaType: ['image'], sizeType: ['compressed'] })
  const ids: string[] = []
  for (const { tempFilePath, size } of tempFiles) {
    const place =
      size <= MAX_INLINE_BYTES ? { base64: readBase64(tempFilePath) } : { fileId: await putIntoCloud(tempFilePath) }
    ids.push((await call('releases.uploadMedia', { appid, ...place })).mediaid)
  }
  return ids
}

function readBase64(path: string): string {
  const content = wx.getFileSystemManager().readFileSync(path, 'base64')
  return typeof content === 'string' ? content : wx.arrayBufferToBase64(content)
}

async function putIntoCloud(filePath: string): Promise<string> {
  const name = `review/${Date.now().toString(36)}-${Math.random().toString(36).slice(2)}${/\.\w+$/.exec(filePath)?.[0] ?? ''}`
  try {
    return (await wx.cloud.uploadFile({ cloudPath: name, filePath })).fileID
  } catch (error) {
    const message = error instanceof Error ? error.message : JSON.stringify(error)
    throw new Refused({ code: 'UNREACHABLE', message, retryable: true })
  }
}
