import { createHmac, randomBytes, randomUUID } from 'node:crypto'
import { Hono } from 'hono'
import * as v from 'valibot'
import type { FileStore } from './file-store.ts'

export interface StorageOptions {
  readonly files: FileStore
  readonly envId: string
  /** Where `routes` are served. */
  readonly url: string
  readonly now?: () => number
}

export interface CloudStorage {
  /** One POST of the SDK's wire protocol whose action is of storage. */
  handle(body: string): Promise<string>
  /** What upload and download addresses lead to. */
  readonly routes: Hono
}

const path = v.pipe(
  v.string(),
  v.regex(/^[^/\\?#%][^\\?#%]{0,849}$/),
  v.check((text) => !text.split('/').some((part) => part === '' || part === '.' || part === '..')),
)

const requests = v.variant('action', [
  v.object({ action: v.literal('storage.getUploadMetadata'), path }),
  v.object({
    action: v.literal('storage.batchGetDownloadUrl'),
    file_list: v.pipe(
      v.array(v.object({ fileid: v.string(), max_age: v.optional(v.number(), 7200) })),
      v.minLength(1),
      v.maxLength(50),
    ),
  }),
  v.object({
    action: v.literal('storage.batchDeleteFile'),
    fileid_list: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(50)),
  }),
])

type Request = v.InferOutput<typeof requests>

/** Cloud storage as the unmodified SDK speaks to it: upload, temporary addresses, download, deletion. */
export function createCloudStorage({ files, envId, url, now = Date.now }: StorageOptions): CloudStorage {
  const key = randomBytes(32)
  const sign = (...parts: readonly string[]): string => createHmac('sha256', key).update(parts.join('\n')).digest('hex')
  const root = `cloud://${envId}.${envId}-files/`
  const pathOf = (fileId: string): string => (fileId.startsWith(root) ? fileId.slice(root.length) : '')

  const perform = async (request: Request): Promise<object> => {
    if (request.action === 'storage.getUploadMetadata')
      return {
        url: `${url}/${encodeURI(request.path)}`,
        token: 'local',
        authorization: sign('put', request.path),
        fileId: root + request.path,
        cosFileId: sign('id', request.path),
      }
    if (request.action === 'storage.batchGetDownloadUrl')
      return { download_list: await Promise.all(request.file_list.map(addressOf)) }
    return { delete_list: await Promise.all(request.fileid_list.map(remove)) }
  }

  const remove = async (fileID: string) => ({
    fileID,
    code: (await files.remove(pathOf(fileID))) ? 'SUCCESS' : MISSING,
  })

  const addressOf = async ({ fileid: fileID, max_age: maxAge }: { fileid: string; max_age: number }) => {
    const place = pathOf(fileID)
    if (place === '' || !(await files.has(place))) return { fileID, code: MISSING, tempFileURL: '' }
    const until = String(now() + maxAge * 1000)
    // The SDK encodes what is not ASCII.
    return {
      fileID,
      code: 'SUCCESS',
      maxAge,
      tempFileURL: `${url}/${place}?t=${until}&sign=${sign('get', place, until)}`,
    }
  }

  const placeIn = (address: string): string =>
    decodeURI(new URL(address).pathname.slice(new URL(url).pathname.length + 1))

  return {
    async handle(body) {
      const requestId = randomUUID()
      const request = v.safeParse(requests, JSON.parse(body))
      if (!request.success)
        return JSON.stringify({ code: 'INVALID_PARAM', message: v.summarize(request.issues), requestId })
      return JSON.stringify({ data: await perform(request.output), requestId })
    },
    routes: new Hono()
      .put('/*', async (c) => {
        const place = placeIn(c.req.url)
        if (c.req.header('authorization') !== sign('put', place)) return c.text(refusal('SignatureDoesNotMatch'), 403)
        await files.write(place, Buffer.from(await c.req.arrayBuffer()))
        return c.body('')
      })
      .get('/*', async (c) => {
        const place = placeIn(c.req.url)
        const { t = '', sign: signature = '' } = c.req.query()
        if (signature !== sign('get', place, t) || Number(t) < now()) return c.text(refusal('AccessDenied'), 403)
        const content = await files.read(place)
        return content ? c.body(new Uint8Array(content)) : c.text(refusal('NoSuchKey'), 404)
      }),
  }
}

const MISSING = 'STORAGE_FILE_NONEXIST'

const refusal = (code: string): string =>
  `<?xml version='1.0' encoding='utf-8' ?><Error><Code>${code}</Code><Message>${code}</Message><RequestId>local</RequestId><TraceId>local</TraceId></Error>`
