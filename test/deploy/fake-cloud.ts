import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import * as v from 'valibot'
import { openDatabase, type Database } from '../../local/database/database.ts'
import { createActions, type State } from './fake-actions.ts'
import { createLag } from './fake-lag.ts'
import { answerStorage, bucketHost, createStorage } from './fake-storage.ts'

export interface CloudRequest {
  readonly service: string
  readonly action: string
  readonly params: Readonly<Record<string, unknown>>
}

export interface FakeCloud {
  readonly url: string
  /** Key that is let in. */
  readonly secretId: string
  readonly state: State
  readonly database: Database
  /** Requests so far, without those that only read. */
  takeChanges(): CloudRequest[]
  takeAll(): CloudRequest[]
  /** After a change the next so many looks at what was changed do not show it yet. */
  looks: number
  /** Called after a request was carried out, before it is answered. */
  afterEach: (request: CloudRequest) => void
  /** Answers what is asked of the deployed routes. Default: 404. */
  site: (request: { host: string; method: string; path: string; headers: Headers; body: string }) => Promise<Response>
  close(): Promise<void>
}

const paramsSchema = v.record(v.string(), v.unknown())

/** Of the code of a function, which has millions of characters, only what it is: a failed comparison would print it. */
const shortened = (params: CloudRequest['params']): CloudRequest['params'] =>
  v.is(v.object({ Code: v.object({ ZipFile: v.string() }) }), params)
    ? { ...params, Code: { ...params.Code, ZipFile: params.Code.ZipFile.slice(0, 8) } }
    : params

const isReading = ({ action }: CloudRequest): boolean => /^(?:Describe|List|Get)/.test(action)

/** Tencent's API (`tcb`, `scf`), the document database and the public routes of one environment. What it does not know, it refuses. */
export async function startFakeCloud(): Promise<FakeCloud> {
  const database = await openDatabase({})
  const requests: CloudRequest[] = []
  const state: State = {
    collections: new Map(),
    functions: new Map(),
    rules: '',
    domains: [
      { name: 'fleet-env-1300000000.ap-shanghai.app.tcloudbase.com', isDefault: true, routes: [] },
      { name: 'fleet.example.com', isDefault: false, routes: [] },
    ],
    addCollection: async (name) => {
      await database.handle(JSON.stringify({ action: 'database.addCollection', collectionName: name }))
    },
    storage: createStorage(),
    broken: new Set(),
  }
  const actions = createActions(state)
  const lag = createLag()

  const perform = async (service: string, request: IncomingMessage, body: string): Promise<object> => {
    const authorization = request.headers.authorization ?? ''
    if (!authorization.includes(`Credential=${cloud.secretId}/`))
      return { Error: { Code: 'AuthFailure.SecretIdNotFound', Message: 'The SecretId is not found.' } }
    const action = String(request.headers['x-tc-action'])
    const params = v.parse(paramsSchema, JSON.parse(body === '' ? '{}' : body))
    const run = actions[`${service}.${action}`]
    if (!run) return { Error: { Code: 'InvalidAction', Message: `no action ${service}.${action}` } }
    const asked = { service, action, params }
    requests.push({ ...asked, params: shortened(params) })
    const result = await lag.perform(asked, run, cloud.looks)
    cloud.afterEach(asked)
    return result
  }

  const server = createServer((request, response) => {
    void text(request).then(async (body) => {
      const host = String(request.headers['x-real-host'] ?? 'tcb.tencentcloudapi.com')
      const path = request.url ?? '/'
      if (path.startsWith('/admin')) {
        const reply = await database.handle(body)
        response.writeHead(reply.status, { 'content-type': 'application/json' }).end(reply.body)
        return
      }
      if (host === bucketHost) {
        const reply = answerStorage(state.storage, request, body)
        response.writeHead(reply.status, reply.headers).end(reply.body)
        return
      }
      const service = /^(tcb|scf)\.tencentcloudapi\.com$/.exec(host)?.[1]
      if (service !== undefined) {
        const answer = { RequestId: 'r', ...(await perform(service, request, body)) }
        response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ Response: answer }))
        return
      }
      const headers = new Headers(Object.entries(request.headers).map(([name, value]) => [name, String(value)]))
      if (lag.hidesRoutes()) {
        response.writeHead(404, { 'content-type': 'application/json' }).end('{"code":"INVALID_PATH"}')
        return
      }
      const answer = await cloud.site({ host, method: request.method ?? 'GET', path, headers, body })
      response.writeHead(answer.status, Object.fromEntries(answer.headers)).end(await answer.text())
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('a TCP port is expected')

  const cloud: FakeCloud = {
    url: `http://127.0.0.1:${address.port}`,
    secretId: 'AKIDgood',
    looks: 0,
    state,
    database,
    takeAll: () => requests.splice(0),
    takeChanges: () => requests.splice(0).filter((request) => !isReading(request)),
    afterEach: () => undefined,
    site: async () => new Response('not found', { status: 404 }),
    async close() {
      server.close()
      server.closeAllConnections()
      await database.close()
    },
  }
  return cloud
}
