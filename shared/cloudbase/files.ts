import tcb from '@cloudbase/node-sdk'
import type { Files } from '../domain/platform.ts'
import { Failure } from '../errors.ts'

/** Cloud storage (云存储), where admins put files that are too large for a call. Unknown file ids are `NOT_FOUND`. */
export const createFiles = (): Files => ({
  async read(fileId) {
    if (!fileId.startsWith('cloud://')) throw new Failure('NOT_A_CLOUD_FILE', { field: 'fileId' })
    const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV, keepalive: true })
    try {
      const { fileContent } = await app.downloadFile({ fileID: fileId })
      if (Buffer.isBuffer(fileContent)) return fileContent
    } catch (cause) {
      throw new Failure('FILE_NOT_FOUND', { field: 'fileId', cause })
    }
    throw new Failure('FILE_NOT_FOUND', { field: 'fileId' })
  },
})
