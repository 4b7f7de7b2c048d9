import * as v from 'valibot'

export interface HttpRoute {
  readonly path: string
  readonly functionName: string
}

export interface LiveRoute extends HttpRoute {
  /** Leads to a function, whole path passed on, without a login, switched on. */
  readonly isRight: boolean
}

export interface HttpDomain {
  readonly name: string
  readonly isDefault: boolean
  /** A domain is bound long after it was asked for. */
  readonly state: 'ready' | 'underWay' | 'failed'
  readonly routes: readonly LiveRoute[]
}

const flag = v.nullish(v.boolean(), false)

const domainsSchema = v.object({
  Domains: v.nullish(
    v.array(
      v.object({
        Domain: v.string(),
        IsDefault: flag,
        Status: v.nullish(v.string(), 'SUCCESS'),
        Routes: v.nullish(
          v.array(
            v.object({
              Path: v.string(),
              UpstreamResourceType: v.nullish(v.string(), ''),
              UpstreamResourceName: v.nullish(v.string(), ''),
              EnableAuth: flag,
              EnablePathTransmission: flag,
              Enable: v.nullish(v.boolean(), true),
            }),
          ),
          [],
        ),
      }),
    ),
    [],
  ),
})

export const readDomains = (answer: unknown): HttpDomain[] =>
  v.parse(domainsSchema, answer).Domains.map(({ Domain, IsDefault, Status, Routes }) => ({
    name: Domain,
    isDefault: IsDefault,
    state: Status === 'PROCESSING' ? 'underWay' : Status === 'FAIL' ? 'failed' : 'ready',
    routes: Routes.map((route) => ({
      path: route.Path,
      functionName: route.UpstreamResourceName,
      isRight:
        route.UpstreamResourceType === 'SCF' && !route.EnableAuth && route.EnablePathTransmission && route.Enable,
    })),
  }))
