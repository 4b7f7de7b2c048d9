import * as v from 'valibot'
import { bucketHost, type Storage } from './fake-storage.ts'

export interface State {
  readonly collections: Map<string, { readonly indexes: Map<string, unknown>; permission: string }>
  readonly functions: Map<string, Record<string, unknown>>
  rules: string
  readonly domains: { readonly name: string; readonly isDefault: boolean; routes: Record<string, unknown>[] }[]
  readonly addCollection: (name: string) => Promise<void>
  readonly storage: Storage
  /** Functions whose code the cloud refuses. */
  readonly broken: Set<string>
}

type Params = Readonly<Record<string, unknown>>
type Action = (params: Params) => object | Promise<object>

const environment = {
  EnvId: 'fleet-env',
  Region: 'ap-shanghai',
  Status: 'NORMAL',
  Functions: [{ Namespace: 'fleet-env', Region: 'ap-shanghai' }],
  Storages: [{ Bucket: 'bucket', Region: 'ap-shanghai', AppId: '1300000000' }],
  Databases: [{ InstanceId: 'tnt-1', Region: 'ap-shanghai', Status: 'RUNNING' }],
}

const refuse = (Code: string, Message: string): object => ({ Error: { Code, Message } })

const table = v.object({
  EnvId: v.literal('fleet-env'),
  MongoConnector: v.object({ InstanceId: v.literal('flexdb'), DatabaseName: v.literal('tnt-1') }),
  TableName: v.string(),
})
const indexes = v.array(
  v.object({
    IndexName: v.string(),
    MgoKeySchema: v.object({
      MgoIndexKeys: v.array(v.object({ Name: v.string(), Direction: v.picklist(['1', '-1']) })),
      MgoIsUnique: v.boolean(),
    }),
  }),
)
const paging = v.object({ MgoLimit: v.number(), MgoOffset: v.number() })
const permission = v.variant('ResourceType', [
  v.object({ ResourceType: v.literal('collection'), Resource: v.string(), Permission: v.string() }),
  v.object({ ResourceType: v.literal('function'), Permission: v.literal('CUSTOM'), SecurityRule: v.string() }),
])
const routes = v.object({
  EnvId: v.literal('fleet-env'),
  Domain: v.object({ Domain: v.string(), Routes: v.array(v.looseObject({ Path: v.string() })) }),
})
const named = v.looseObject({ FunctionName: v.string(), Namespace: v.literal('fleet-env') })

/** What the cloud does for each `service.Action`, on the shapes of its reference. */
export function createActions(state: State): Readonly<Record<string, Action>> {
  const domainOf = (name: string) => state.domains.find((domain) => domain.name === name)

  const configure = (params: Params): object => {
    const { FunctionName, Environment, PublicNetConfig, Timeout, MemorySize, Runtime } = v.parse(named, params)
    const before = state.functions.get(FunctionName) ?? { Triggers: [], Type: 'Event', CodeInfo: '' }
    state.functions.set(FunctionName, {
      ...before,
      FunctionName,
      Status: 'Active',
      Timeout,
      MemorySize,
      Environment,
      PublicNetConfig: {
        ...(typeof PublicNetConfig === 'object' && PublicNetConfig),
        EipConfig: { EipStatus: 'ENABLE', EipAddress: ['203.0.113.7'] },
      },
      ...(Runtime !== undefined && { Runtime }),
    })
    return {}
  }
  const uploadCode = (params: Params): object => {
    const name = v.parse(named, params).FunctionName
    return state.broken.has(name) ? refuse('FailedOperation.CodeFormat', `the code of ${name} is refused`) : {}
  }

  return {
    'tcb.DescribeEnvs': () => ({ EnvList: [environment] }),
    'tcb.DescribeEnvInfo': ({ EnvId }) =>
      EnvId === 'fleet-env'
        ? { EnvInfo: { EnvBaseInfo: environment } }
        : refuse('ResourceNotFound', 'no such environment'),
    'tcb.DescribeTcbAccountInfo': () => ({}),
    'tcb.DescribeStaticStore': ({ EnvId }) => ({
      Data:
        EnvId !== 'fleet-env' || state.storage.status === undefined
          ? null
          : [
              {
                EnvId,
                CdnDomain: 'fleet-env-1300000000.tcloudbaseapp.com',
                Bucket: bucketHost.split('.')[0],
                Regoin: 'ap-shanghai',
                Status: state.storage.status,
              },
            ],
    }),
    'tcb.ListTables': (params) => {
      const { MgoLimit, MgoOffset } = v.parse(paging, params)
      const names = [...state.collections.keys()].slice(MgoOffset, MgoOffset + MgoLimit)
      return {
        Tables: names.length === 0 ? null : names.map((TableName) => ({ TableName })),
        Pager: { Total: names.length },
      }
    },
    'tcb.DescribeTable': (params) => {
      const found = state.collections.get(v.parse(table, params).TableName)
      if (!found) return refuse('ResourceNotFound', 'no such table')
      return { Indexes: ['_id_', ...found.indexes.keys()].map((Name) => ({ Name, Keys: [] })) }
    },
    'tcb.CreateTable': async (params) => {
      const { TableName } = v.parse(table, params)
      if (state.collections.has(TableName)) return refuse('FailedOperation', 'the table exists')
      state.collections.set(TableName, { indexes: new Map(), permission: 'PRIVATE' })
      await state.addCollection(TableName)
      return {}
    },
    'tcb.UpdateTable': (params) => {
      const { TableName, CreateIndexes } = v.parse(v.object({ ...table.entries, CreateIndexes: indexes }), params)
      const found = state.collections.get(TableName)
      if (!found) return refuse('ResourceNotFound', 'no such table')
      for (const { IndexName, MgoKeySchema } of CreateIndexes) found.indexes.set(IndexName, MgoKeySchema)
      return {}
    },
    'tcb.DescribeResourcePermission': ({ ResourceType }) => ({
      Data: {
        PermissionList:
          ResourceType === 'function'
            ? [{ ResourceType, Permission: 'CUSTOM', SecurityRule: state.rules }]
            : [...state.collections].map(([Resource, found]) => ({
                ResourceType,
                Resource,
                Permission: found.permission,
              })),
      },
    }),
    'tcb.ModifyResourcePermission': (params) => {
      const input = v.parse(permission, params)
      if (input.ResourceType === 'function') state.rules = input.SecurityRule
      else {
        const found = state.collections.get(input.Resource)
        if (!found) return refuse('ResourceNotFound', 'no such table')
        found.permission = input.Permission
      }
      return { Data: { Success: true } }
    },
    'tcb.DescribeHTTPServiceRoute': () => ({
      Domains: state.domains.map(({ name, isDefault, routes: Routes }) => ({
        Domain: name,
        IsDefault: isDefault,
        Routes,
      })),
      OriginDomain: 'origin.example',
      TotalCount: state.domains.length,
    }),
    'tcb.CreateHTTPServiceRoute': (params) => {
      const { Domain } = v.parse(routes, params)
      const domain = domainOf(Domain.Domain)
      if (!domain) return refuse('ResourceNotFound', 'no such domain')
      domain.routes.push(...Domain.Routes)
      return {}
    },
    'tcb.ModifyHTTPServiceRoute': (params) => {
      const { Domain } = v.parse(routes, params)
      const domain = domainOf(Domain.Domain)
      if (!domain) return refuse('ResourceNotFound', 'no such domain')
      const changed = new Map(Domain.Routes.map((route) => [route.Path, route]))
      domain.routes = domain.routes.map((route) => ({ ...route, ...changed.get(String(route['Path'])) }))
      return {}
    },
    'scf.GetFunction': (params) =>
      state.functions.get(v.parse(named, params).FunctionName) ??
      refuse('ResourceNotFound.Function', 'no such function'),
    'scf.CreateFunction': (params) => {
      const { FunctionName } = v.parse(named, params)
      if (state.functions.has(FunctionName)) return refuse('ResourceInUse.FunctionName', 'the function exists')
      const uploaded = uploadCode(params)
      return 'Error' in uploaded ? uploaded : configure(params)
    },
    'scf.UpdateFunctionCode': uploadCode,
    'scf.UpdateFunctionConfiguration': configure,
    'scf.BatchCreateTrigger': (params) => {
      const { FunctionName, Triggers } = v.parse(v.object({ ...named.entries, Triggers: v.string() }), params)
      const found = state.functions.get(FunctionName)
      if (!found) return refuse('ResourceNotFound.Function', 'no such function')
      found['Triggers'] = JSON.parse(Triggers)
      return {}
    },
  }
}
