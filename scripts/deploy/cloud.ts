import CloudBase from '@cloudbase/manager-node'
import * as v from 'valibot'
import type { IndexDefinition } from '../../shared/cloudbase/collections.ts'
import { readFunction, type LiveFunction } from './live-function.ts'
import { readDomains, type HttpDomain, type HttpRoute } from './http-domains.ts'
import type { Values } from './values.ts'
import { codeOf } from './words.ts'

/** Administration of one environment, as far as a deployment needs it. Failures are described by `describeCloudError`. */
export interface Cloud {
  /** The first question: are key and environment good? Answers how the environment fares (`NORMAL`). */
  status(): Promise<string>
  listCollections(): Promise<string[]>
  listIndexes(collection: string): Promise<string[]>
  createCollection(name: string): Promise<void>
  createIndexes(collection: string, indexes: readonly IndexDefinition[]): Promise<void>
  /** Permission by collection, as far as the cloud tells. */
  permissions(collections: readonly string[]): Promise<ReadonlyMap<string, string>>
  allowAdminsOnly(collection: string): Promise<void>
  /** JSON text; undefined where none is set. */
  functionRules(): Promise<string | undefined>
  setFunctionRules(rules: string): Promise<void>
  /** Undefined where there is no such function. */
  findFunction(name: string): Promise<LiveFunction | undefined>
  domains(): Promise<HttpDomain[]>
  createRoutes(domain: string, routes: readonly HttpRoute[]): Promise<void>
  changeRoutes(domain: string, routes: readonly HttpRoute[]): Promise<void>
  /** Static hosting; undefined where it is not switched on. */
  site(): Promise<Site | undefined>
  upload(files: readonly Upload[]): Promise<void>
  errorDocument(): Promise<string | undefined>
  /** What static hosting shows where there is no file. */
  setErrorDocument(path: string): Promise<void>
}

export interface Site {
  /** False while the cloud switches it on. */
  readonly isOnline: boolean
  /** Host name that the cloud gave it; empty until it has one. */
  readonly domain: string
}

export interface Upload {
  readonly localPath: string
  readonly cloudPath: string
}

const envSchema = v.object({ Status: v.string() })
const permissionsSchema = v.object({
  Data: v.object({
    PermissionList: v.nullish(
      v.array(
        v.object({
          Resource: v.optional(v.string()),
          Permission: v.optional(v.string()),
          SecurityRule: v.optional(v.string()),
        }),
      ),
    ),
  }),
})
const sitesSchema = v.nullish(v.array(v.object({ CdnDomain: v.nullish(v.string(), ''), Status: v.string() })), [])
const websiteSchema = v.object({
  WebsiteConfiguration: v.optional(v.object({ ErrorDocument: v.optional(v.object({ Key: v.optional(v.string()) })) })),
})
const gatewaySchema = v.object({ DefaultDomain: v.optional(v.string()) })

/** ListTables answers at most so many. */
const PAGE = 100

export function openCloud({ envId, secretId, secretKey, sessionToken, region }: Values): Cloud {
  const app = new CloudBase({
    envId,
    secretId,
    secretKey,
    region,
    ...(sessionToken !== undefined && { token: sessionToken }),
  })
  const call = (Action: string, Param: object): Promise<unknown> =>
    app.commonService('tcb', '2018-06-08').call({ Action, Param: { EnvId: envId, ...Param } })
  const permissionList = async (what: object) =>
    v.parse(permissionsSchema, await call('DescribeResourcePermission', what)).Data.PermissionList ?? []

  return {
    async status() {
      const { EnvInfo } = await app.env.getEnvInfo()
      return v.parse(envSchema, EnvInfo).Status
    },

    async listCollections() {
      const names: string[] = []
      for (;;) {
        const { Collections } = await app.database.listCollections({ MgoLimit: PAGE, MgoOffset: names.length })
        names.push(...Collections.map(({ CollectionName }) => CollectionName))
        if (Collections.length < PAGE) return names
      }
    },

    async listIndexes(collection) {
      const { Indexes = [] } = await app.database.describeCollection(collection)
      return Indexes.map(({ Name }) => Name)
    },

    async createCollection(name) {
      await app.database.createCollection(name)
    },

    async createIndexes(collection, indexes) {
      await app.database.updateCollection(collection, { CreateIndexes: indexes.map(toCreateIndex) })
    },

    async permissions(collections) {
      const list = await permissionList({ ResourceType: 'collection', Resources: collections })
      return new Map(list.map(({ Resource = '', Permission = '' }) => [Resource, Permission]))
    },

    async allowAdminsOnly(collection) {
      await call('ModifyResourcePermission', {
        ResourceType: 'collection',
        Resource: collection,
        Permission: 'ADMINONLY',
      })
    },

    async functionRules() {
      const list = await permissionList({ ResourceType: 'function' })
      return list.find(({ SecurityRule }) => SecurityRule !== undefined && SecurityRule !== '')?.SecurityRule
    },

    async setFunctionRules(rules) {
      await call('ModifyResourcePermission', { ResourceType: 'function', Permission: 'CUSTOM', SecurityRule: rules })
    },

    async findFunction(name) {
      try {
        return readFunction(await app.functions.getFunctionDetail(name))
      } catch (error) {
        if (codeOf(error).startsWith('ResourceNotFound')) return undefined
        throw error
      }
    },

    async domains() {
      const domains = readDomains(await app.env.describeHttpServiceRoute({ EnvId: envId }))
      if (domains.some(({ isDefault }) => isDefault)) return domains
      // A new environment has its default domain before it has a route.
      const { DefaultDomain } = v.parse(gatewaySchema, await call('DescribeCloudBaseGWService', { ServiceId: envId }))
      return DefaultDomain === undefined || domains.some(({ name }) => name === DefaultDomain)
        ? domains
        : [...domains, { name: DefaultDomain, isDefault: true, state: 'ready', routes: [] }]
    },

    async createRoutes(domain, routes) {
      await app.env.createHttpServiceRoute({ EnvId: envId, Domain: { Domain: domain, Routes: routes.map(toRoute) } })
    },

    async changeRoutes(domain, routes) {
      await app.env.modifyHttpServiceRoute({ EnvId: envId, Domain: { Domain: domain, Routes: routes.map(toRoute) } })
    },

    async site() {
      const [site] = v.parse(sitesSchema, await app.hosting.getInfo())
      if (site === undefined || site.Status === 'offline' || site.Status === 'destroying') return undefined
      return { isOnline: site.Status === 'online', domain: site.CdnDomain }
    },

    async errorDocument() {
      const { WebsiteConfiguration } = v.parse(websiteSchema, await app.hosting.getWebsiteConfig())
      return WebsiteConfiguration?.ErrorDocument?.Key || undefined
    },

    async upload(files) {
      await app.hosting.uploadFiles({ files: [...files], retryCount: 2 })
    },

    async setErrorDocument(path) {
      await app.hosting.setWebsiteDocument({ indexDocument: 'index.html', errorDocument: path })
    },
  }
}

/** Directions are texts here. */
const toCreateIndex = ({ name, fields }: IndexDefinition) => ({
  IndexName: name,
  MgoKeySchema: {
    MgoIndexKeys: fields.map(({ name: Name, direction }) => ({ Name, Direction: String(direction) })),
    MgoIsUnique: false,
  },
})

/** The whole path reaches the function, and nobody is asked to log in. */
const toRoute = ({ path, functionName }: HttpRoute) => ({
  Path: path,
  UpstreamResourceType: 'SCF' as const,
  UpstreamResourceName: functionName,
  EnableAuth: false,
  EnableSafeDomain: false,
  EnablePathTransmission: true,
  Enable: true,
})
