import type { HttpDomain, HttpRoute } from './http-domains.ts'
import type { Project } from './project.ts'
import type { Change, Step } from './step.ts'
import { DeployError } from './words.ts'

/** A path in PUBLIC_BASE_URL stands before each route. */
export const wantedRoutes = (project: Project, publicBaseUrl: string): HttpRoute[] => {
  const prefix = new URL(publicBaseUrl).pathname.replace(/\/+$/, '')
  return project.functions.flatMap(({ name, path }) =>
    path === undefined ? [] : [{ path: prefix + path, functionName: name }],
  )
}

/** The domain of PUBLIC_BASE_URL; until it is bound, the environment's own. */
export const servingDomain = (domains: readonly HttpDomain[], publicBaseUrl: string): HttpDomain | undefined =>
  domains.find(({ name }) => name === new URL(publicBaseUrl).hostname) ?? domains.find(({ isDefault }) => isDefault)

export const routesStep: Step = {
  title: { zh: 'HTTP 访问路由', en: 'HTTP routes' },
  async plan({ cloud, project, values, names }) {
    const base = values.config.publicBaseUrl
    const domain = servingDomain(await cloud.domains(), base)
    if (domain === undefined)
      throw new DeployError(
        { zh: '环境没有可用的 HTTP 访问服务域名', en: 'the environment has no domain for HTTP access' },
        {
          zh: '云开发控制台 → HTTP 访问服务 → 开启，并绑定域名',
          en: 'CloudBase console → HTTP 访问服务: switch it on and bind the domain',
        },
      )
    const wanted = wantedRoutes(project, base).filter(({ functionName }) => names.includes(functionName))
    const live = new Map(domain.routes.map((route) => [route.path, route]))
    const missing = wanted.filter(({ path }) => !live.has(path))
    const wrong = wanted.filter(({ path, functionName }) => {
      const route = live.get(path)
      return route !== undefined && (!route.isRight || route.functionName !== functionName)
    })
    return [
      ...change(missing, `新建路由 ${domain.name}`, 'create routes', () => cloud.createRoutes(domain.name, missing)),
      ...change(wrong, `修正路由 ${domain.name}`, 'correct routes', () => cloud.changeRoutes(domain.name, wrong)),
    ]
  },
}

function change(routes: readonly HttpRoute[], zh: string, en: string, apply: () => Promise<void>): Change[] {
  if (routes.length === 0) return []
  const list = routes.map(({ path, functionName }) => `${path} → ${functionName}`).join(', ')
  return [{ what: { zh, en: `${en}: ${list}` }, apply }]
}
