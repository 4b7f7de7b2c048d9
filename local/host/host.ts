import { createAdaptorServer, type HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { once } from 'node:events'
import { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { collections } from '../../shared/cloudbase/collections.ts'
import { openDatabase, type Database, type DatabaseOptions } from '../database/database.ts'
import type { Identity } from './calls.ts'
import { controlRoutes } from './control.ts'
import { databaseLayout, databaseRoute } from './database-route.ts'
import { instanceEnvironment, localEnvId } from './environment.ts'
import { consoleRoutes, type ConsoleConfig } from './console-routes.ts'
import { callError, FunctionError, type Outcome } from './failures.ts'
import { createFleet, type FleetStats } from './fleet.ts'
import { gatewayRoutes } from './gateway.ts'
import type { HttpEventOptions } from './http-event.ts'
import { loopbackOnly } from './loopback.ts'
import { readFunctionSettings, type FunctionSettings } from './settings.ts'
import { startTimers } from './timers.ts'
import { diskFileStore, memoryFileStore } from '../storage/file-store.ts'
import { createCloudStorage } from '../storage/storage.ts'

const projectFile = (path: string): string => fileURLToPath(new URL(`../../${path}`, import.meta.url))

export interface HostOptions extends Partial<HttpEventOptions> {
  /** 0 picks a free one. */
  readonly port: number
  /** Keeps the database there; without it in memory. */
  readonly dataFolder?: string
  /** Over the defaults: the project's collections and indexes. */
  readonly databaseOptions?: Partial<DatabaseOptions>
  /** Where the functions' configuration variables come from; others in it are not passed on. */
  readonly functionEnv: Readonly<Record<string, string | undefined>>
  /** Per function; default 10. */
  readonly maxInstances?: number
  /** Whether timers run by themselves; default true. */
  readonly timers?: boolean
  /** One line of a function's output, or of the host's own. */
  readonly log?: (line: string) => void
  /** Holds `functions/<name>/index.js`; default: the project's `dist`. */
  readonly distFolder?: string
  /** Default: those of the project's `cloudbaserc.json`. */
  readonly functions?: readonly FunctionSettings[]
  /** What the console at `/console/` is told. */
  readonly consoleConfig?: ConsoleConfig
  /** Pages served beside the routes of the functions. */
  readonly extraRoutes?: Hono
}

export interface Host {
  /** `http://127.0.0.1:N` */
  readonly url: string
  readonly database: Database
  /** callFunction as somebody. @throws FunctionError with the cloud's code */
  invoke(name: string, event: unknown, identity?: Identity): Promise<unknown>
  /** @throws FunctionError with the cloud's code */
  fireTimer(name: string): Promise<unknown>
  stats(): FleetStats
  close(): Promise<void>
}

/** Runs the built functions as the cloud would, on a loopback address. */
export const startHost = async (options: HostOptions): Promise<Host> => {
  const {
    distFolder = projectFile('dist'),
    functions = await readFunctionSettings(projectFile('cloudbaserc.json')),
    log = () => undefined,
  } = options
  const app = new Hono<{ Bindings: HttpBindings }>()
  const server = createAdaptorServer({ fetch: app.fetch })
  const url = await listen(server, options.port)
  const fleet = createFleet({
    functions,
    functionsFolder: join(distFolder, 'functions'),
    environmentOf: (settings) =>
      instanceEnvironment(settings, {
        functionEnv: options.functionEnv,
        databaseUrl: `${url}/admin`,
        hostEnv: process.env,
      }),
    maxInstances: options.maxInstances ?? 10,
    log,
  })
  const invoke = async (name: string, event: unknown, identity?: Identity): Promise<unknown> =>
    resultOf(await fleet.invoke(name, event, identity))
  const database = await openDatabase({
    ...databaseLayout(collections),
    ...(options.dataFolder === undefined ? {} : { folder: options.dataFolder }),
    invokeFunction: (name, data) => invoke(name, data),
    log,
    ...options.databaseOptions,
  })
  const storage = createCloudStorage({
    files: options.dataFolder === undefined ? memoryFileStore() : diskFileStore(join(options.dataFolder, 'files')),
    envId: localEnvId,
    url: `${url}/__local/storage`,
  })
  const { pathTransmission = 'full', bodyEncoding = 'auto' } = options
  app.use('/__local/*', loopbackOnly).route('/__local', controlRoutes(fleet)).route('/__local/storage', storage.routes)
  app.use('/admin', loopbackOnly).route('/admin', databaseRoute(database, storage))
  app.route('/', gatewayRoutes(functions, fleet, { pathTransmission, bodyEncoding }))
  app.route('/console', consoleRoutes(join(distFolder, 'console'), options.consoleConfig))
  if (options.extraRoutes) app.route('/', options.extraRoutes)
  app.notFound((c) => c.json({ code: 'INVALID_PATH', message: `nothing at ${c.req.path}` }, 404))
  const timers =
    options.timers === false
      ? undefined
      : startTimers(functions, async ({ name }, trigger) => {
          await fleet.fireTimer(name, trigger)
        })
  return {
    url,
    database,
    invoke,
    fireTimer: async (name) => resultOf(await fleet.fireTimer(name)),
    stats: () => fleet.stats(),
    close: async () => {
      timers?.stop()
      await fleet.close()
      await closeServer(server)
      await database.close()
    },
  }
}

const resultOf = (outcome: Outcome): unknown => {
  if ('result' in outcome) return outcome.result
  const { code, message } = callError(outcome.failure)
  throw new FunctionError(code, message)
}

type NodeServer = ReturnType<typeof createAdaptorServer>

const listen = async (server: NodeServer, port: number): Promise<string> => {
  // Longer than clients keep a free connection, so that none is closed under a request.
  if (server instanceof Server) server.keepAliveTimeout = 65_000
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const { port: chosen } = server.address() as AddressInfo
  return `http://127.0.0.1:${chosen}`
}

const closeServer = async (server: NodeServer): Promise<void> => {
  server.close()
  if (server instanceof Server) server.closeAllConnections()
  await once(server, 'close')
}
