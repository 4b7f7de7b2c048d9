import tcb from '@cloudbase/node-sdk'
import type { Files } from '../domain/platform.ts'
import { Failure } from '../errors.ts'

/** Cloud storage (云存储), for files that are too large for a call. Unknown file ids are `NOT_FOUND`. */
export function createFiles(): Files {
  const app = tcb.init({ env: tcb.SYMBOL_CURRENT_ENV, keepalive: true })
  return {
    async read(fileId, field) {
      if (!fileId.startsWith('cloud://')) throw new Failure('NOT_A_CLOUD_FILE', { field })
      try {
        const { fileContent } = await app.downloadFile({ fileID: fileId })
        if (Buffer.isBuffer(fileContent)) return fileContent
      } catch (cause) {
        throw new Failure('FILE_NOT_FOUND', { field, cause })
      }
      throw new Failure('FILE_NOT_FOUND', { field })
    },
    async write(path, content) {
      try {
        return (await app.uploadFile({ cloudPath: path, fileContent: content })).fileID
      } catch (cause) {
        throw new Failure('FILE_NOT_STORED', { cause })
      }
    },
  }
}
