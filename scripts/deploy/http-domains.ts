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
  readonly routes: readonly LiveRoute[]
}

const flag = v.nullish(v.boolean(), false)

const domainsSchema = v.object({
  Domains: v.nullish(
    v.array(
      v.object({
        Domain: v.string(),
        IsDefault: flag,
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
  v.parse(domainsSchema, answer).Domains.map(({ Domain, IsDefault, Routes }) => ({
    name: Domain,
    isDefault: IsDefault,
    routes: Routes.map((route) => ({
      path: route.Path,
      functionName: route.UpstreamResourceName,
      isRight:
        route.UpstreamResourceType === 'SCF' && !route.EnableAuth && route.EnablePathTransmission && route.Enable,
    })),
  }))
