import { Agent as HttpAgent, request as requestHttp, type ClientRequest, type RequestOptions } from 'node:http'
import { Agent as HttpsAgent, request as requestHttps } from 'node:https'

export interface PlatformRoad {
  /** `path` goes behind the path of the platform's address. */
  ask(path: string, options: Omit<RequestOptions, 'agent'>): ClientRequest
  readonly close: () => void
}

/** The way to the platform's addresses. */
export function openRoad(
  target: URL,
  agentOptions: { readonly keepAlive: boolean; readonly maxSockets?: number },
): PlatformRoad {
  const isSecure = target.protocol === 'https:'
  const agent = isSecure ? new HttpsAgent(agentOptions) : new HttpAgent(agentOptions)
  const send = isSecure ? requestHttps : requestHttp
  const { hostname, port, pathname } = target
  const prefix = pathname.replace(/\/+$/, '')
  return {
    ask: (path, options) =>
      send({ ...options, hostname: hostname.replace(/^\[|\]$/g, ''), port, path: `${prefix}${path}`, agent }),
    close: () => agent.destroy(),
  }
}
