import type { Reason } from '../../reasons.ts'
import type { Params } from '../../words/params.ts'

/* Domains as callers write them → as WeChat wants them. Wrong ones are refused before anything is sent; the console says so in the field. */

export type Scheme = 'https' | 'wss' | 'udp' | 'tcp'

export interface DomainForm {
  /** What is taken; the first is put in front where `written`. */
  readonly schemes: readonly Scheme[]
  /** Whether the scheme is part of what WeChat gets. */
  readonly written: boolean
  readonly ports: boolean
}

/** A mini program's lists hold the scheme. */
const withScheme = (scheme: Scheme): DomainForm => ({ schemes: [scheme], written: true, ports: true })

/** By the lists of a mini program, and the two of the platform, which hold bare hosts. */
export const domainForms = {
  requestDomains: withScheme('https'),
  wsRequestDomains: withScheme('wss'),
  uploadDomains: withScheme('https'),
  downloadDomains: withScheme('https'),
  udpDomains: withScheme('udp'),
  tcpDomains: withScheme('tcp'),
  webviewDomains: { schemes: ['https'], written: true, ports: false },
  platformServer: { schemes: ['https', 'wss', 'udp', 'tcp'], written: false, ports: false },
  platformWebview: { schemes: ['https'], written: false, ports: false },
} as const satisfies Readonly<Record<string, DomainForm>>

export type DomainKind = keyof typeof domainForms

const HOST = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/

const shape = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[^\]]*\]|[^/:?#@[\]]+)(?::(\d{1,5}))?\/?$/i

export type ReadDomain = { readonly domain: string } | { readonly refused: Reason; readonly params?: Params }

export function readDomain(entry: string, { schemes, written, ports }: DomainForm): ReadDomain {
  const [, scheme, host = '', port] = shape.exec(entry) ?? []
  const first = schemes[0] ?? 'https'
  if (host === '') return { refused: 'NOT_A_DOMAIN' }
  if (scheme !== undefined && !schemes.some((allowed) => allowed === scheme.toLowerCase()))
    return { refused: 'DOMAIN_SCHEME', params: { schemes: schemes.map((allowed) => `${allowed}://`) } }
  const name = host.toLowerCase()
  if (name.startsWith('[') || /^(?:\d+|0x[\da-f]+)(?:\.(?:\d+|0x[\da-f]+))*$/.test(name))
    return { refused: 'DOMAIN_IS_IP' }
  if (!HOST.test(name)) return { refused: 'NOT_A_DOMAIN' }
  if (name === 'api.weixin.qq.com') return { refused: 'DOMAIN_OF_WECHAT' }
  if (port !== undefined && !ports) return { refused: 'PORT_NOT_ALLOWED' }
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return { refused: 'PORT_IMPOSSIBLE' }
  const place = port === undefined ? name : `${name}:${Number(port)}`
  return { domain: written ? `${first}://${place}` : place }
}

/** `https://www.example.com:8443` → `www.example.com` */
export const hostOf = (domain: string): string => domain.replace(/^[a-z]+:\/\//i, '').replace(/:\d+$/, '')
