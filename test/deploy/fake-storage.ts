import type { IncomingMessage } from 'node:http'

/** Object storage behind static hosting, as the storage SDK asks it. */
export interface Storage {
  /** Undefined: static hosting is not switched on. */
  status: 'online' | 'offline' | undefined
  readonly files: Map<string, { readonly type: string; readonly body: string }>
  errorDocument: string | undefined
  /** Paths in the order in which they came. */
  readonly uploads: string[]
  /** The key may not write there. */
  closed: boolean
}

export const createStorage = (): Storage => ({
  status: undefined,
  files: new Map(),
  errorDocument: undefined,
  uploads: [],
  closed: false,
})

export const bucketHost = 'site-1300000000.cos.ap-shanghai.tencentcos.cn'

interface Answer {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
}

const website = (key: string): string =>
  `<WebsiteConfiguration><IndexDocument><Suffix>index.html</Suffix></IndexDocument><ErrorDocument><Key>${key}</Key></ErrorDocument></WebsiteConfiguration>`

const refuse = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<Error><Code>${code}</Code><Message>${code}</Message></Error>`,
})

export function answerStorage(storage: Storage, { method, url = '/', headers }: IncomingMessage, body: string): Answer {
  if (!String(headers.authorization).includes('q-ak=AKIDgood') || storage.closed) return refuse(403, 'AccessDenied')
  const { pathname, searchParams } = new URL(url, 'http://storage')
  if (searchParams.has('website')) {
    if (method === 'GET')
      return storage.errorDocument === undefined
        ? refuse(404, 'NoSuchWebsiteConfiguration')
        : { status: 200, body: website(storage.errorDocument) }
    storage.errorDocument = /<ErrorDocument><Key>([^<]+)/.exec(body)?.[1]
    return { status: 200 }
  }
  if (method !== 'PUT') return refuse(405, 'MethodNotAllowed')
  const path = decodeURIComponent(pathname.slice(1))
  storage.files.set(path, { type: String(headers['content-type']), body })
  storage.uploads.push(path)
  return { status: 200, headers: { etag: '"0"' } }
}
