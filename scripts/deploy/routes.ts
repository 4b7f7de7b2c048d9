import type { HttpDomain, HttpRoute } from './http-domains.ts'
import type { Project } from './project.ts'
import { stillUnderWay } from './settle.ts'
import type { Change, Deployment, Step } from './step.ts'
import { waitUntil } from './wait.ts'
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
  domains.find(({ name, state }) => name === new URL(publicBaseUrl).hostname && state !== 'failed') ??
  domains.find(({ isDefault }) => isDefault)

async function waitForDomain({ cloud, values, ...waiting }: Deployment): Promise<HttpDomain | undefined> {
  let domain: HttpDomain | undefined
  const isSettled = async (): Promise<boolean> => {
    domain = servingDomain(await cloud.domains(), values.config.publicBaseUrl)
    return domain?.state !== 'underWay'
  }
  const what = () => ({ zh: `域名 ${domain?.name} 绑定`, en: `the domain ${domain?.name} is being bound` })
  if (!(await waitUntil(isSettled, what, waiting))) throw stillUnderWay(what())
  return domain
}

export const routesStep: Step = {
  title: { zh: 'HTTP 访问路由', en: 'HTTP routes' },
  async plan(deployment) {
    const { cloud, project, values, names } = deployment
    const base = values.config.publicBaseUrl
    const domain = await waitForDomain(deployment)
    if (domain === undefined)
      throw new DeployError(
        { zh: '环境没有可用的 HTTP 访问服务域名', en: 'the environment has no domain for HTTP access' },
        {
          zh: '云开发控制台 → HTTP 访问服务 → 开启，并绑定域名',
          en: 'CloudBase console → HTTP 访问服务: switch it on and bind the domain',
        },
      )
    const wanted = wantedRoutes(project, base).filter(({ functionName }) => names.includes(functionName))
    const differing = differences(wanted, domain)
    const paths = new Set(domain.routes.map(({ path }) => path))
    const missing = differing.filter(({ path }) => !paths.has(path))
    const wrong = differing.filter(({ path }) => paths.has(path))
    const arrived = (routes: readonly HttpRoute[]) => async (): Promise<boolean> => {
      const now = (await cloud.domains()).find(({ name }) => name === domain.name)
      return now !== undefined && differences(routes, now).length === 0
    }
    const change = (routes: readonly HttpRoute[], zh: string, en: string, apply: Change['apply']): Change[] => {
      if (routes.length === 0) return []
      const list = routes.map(({ path, functionName }) => `${path} → ${functionName}`).join(', ')
      return [{ what: { zh, en: `${en}: ${list}` }, apply, arrived: arrived(routes) }]
    }
    return [
      ...change(missing, `新建路由 ${domain.name}`, 'create routes', () => cloud.createRoutes(domain.name, missing)),
      ...change(wrong, `修正路由 ${domain.name}`, 'correct routes', () => cloud.changeRoutes(domain.name, wrong)),
    ]
  },
}

/** Routes that the domain has not, or not as they should be. */
function differences(wanted: readonly HttpRoute[], { routes }: HttpDomain): HttpRoute[] {
  const live = new Map(routes.map((route) => [route.path, route]))
  return wanted.filter(({ path, functionName }) => {
    const route = live.get(path)
    return !route?.isRight || route.functionName !== functionName
  })
}
