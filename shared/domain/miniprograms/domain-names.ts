import * as v from 'valibot'
import type { Reason } from '../../reasons.ts'
import { flaw } from '../input-flaws.ts'
import { choice } from '../inputs.ts'
import { told } from '../told.ts'

/* Domains as callers write them → as WeChat wants them. Wrong ones are refused before anything is sent. */

type Scheme = 'https' | 'wss' | 'udp' | 'tcp'

interface Form {
  /** What is taken; the first is put in front where `written`. */
  readonly schemes: readonly Scheme[]
  /** Whether the scheme is part of what WeChat gets. */
  readonly written: boolean
  readonly ports: boolean
}

const HOST = /^(?=.{1,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59})$/

const shape = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(\[[^\]]*\]|[^/:?#@[\]]+)(?::(\d{1,5}))?\/?$/i

type Read = { readonly domain: string } | { readonly refused: string }

function readDomain(entry: string, { schemes, written, ports }: Form): Read {
  const [, scheme, host = '', port] = shape.exec(entry) ?? []
  const first = schemes[0] ?? 'https'
  if (host === '') return { refused: flaw('NOT_A_DOMAIN') }
  if (scheme !== undefined && !schemes.some((allowed) => allowed === scheme.toLowerCase()))
    return { refused: flaw('DOMAIN_SCHEME', { schemes: schemes.map((allowed) => `${allowed}://`) }) }
  const name = host.toLowerCase()
  if (name.startsWith('[') || /^(?:\d+|0x[\da-f]+)(?:\.(?:\d+|0x[\da-f]+))*$/.test(name))
    return { refused: flaw('DOMAIN_IS_IP') }
  if (!HOST.test(name)) return { refused: flaw('NOT_A_DOMAIN') }
  if (name === 'api.weixin.qq.com') return { refused: flaw('DOMAIN_OF_WECHAT') }
  if (port !== undefined && !ports) return { refused: flaw('PORT_NOT_ALLOWED') }
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return { refused: flaw('PORT_IMPOSSIBLE') }
  const place = port === undefined ? name : `${name}:${Number(port)}`
  return { domain: written ? `${first}://${place}` : place }
}

/** A list of domains, without repetitions. */
const domainList = (form: Form, max: number) =>
  v.pipe(
    v.array(
      v.pipe(
        v.string(),
        v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
          const read = readDomain(dataset.value, form)
          if ('domain' in read) return read.domain
          addIssue({ message: read.refused })
          return NEVER
        }),
      ),
    ),
    v.maxLength(max),
    v.transform((domains) => [...new Set(domains)]),
  )

/** The platform's lists hold bare hosts. */
export const platformServerDomains = told(
  'Hosts, without scheme',
  '域名，不带协议',
  domainList({ schemes: ['https', 'wss', 'udp', 'tcp'], written: false, ports: false }, 1000),
  ['api.shop.example'],
)
export const platformWebviewDomains = told(
  'Hosts, without scheme',
  '域名，不带协议',
  domainList({ schemes: ['https'], written: false, ports: false }, 300),
  ['www.shop.example'],
)

/** A mini program's lists hold the scheme. */
const serverDomainsWith = (scheme: Scheme) =>
  v.optional(
    told(
      `Domains with ${scheme}://`,
      `以 ${scheme}:// 开头的域名`,
      domainList({ schemes: [scheme], written: true, ports: true }, 200),
      [`${scheme}://api.shop.example`],
    ),
  )

export const serverDomains = {
  requestDomains: serverDomainsWith('https'),
  wsRequestDomains: serverDomainsWith('wss'),
  uploadDomains: serverDomainsWith('https'),
  downloadDomains: serverDomainsWith('https'),
  udpDomains: serverDomainsWith('udp'),
  tcpDomains: serverDomainsWith('tcp'),
}

export const webviewDomains = told(
  'Domains with https://',
  '以 https:// 开头的域名',
  domainList({ schemes: ['https'], written: true, ports: false }, 300),
  ['https://www.shop.example'],
)

export const domainAction = told(
  'set replaces the list; get changes nothing',
  'set 覆盖列表；get 只读取',
  choice(['add', 'delete', 'set', 'get']),
)

export const scope = v.optional(
  told('test leaves what is published alone', 'test 不影响已全网发布的列表', choice(['both', 'test'])),
  'both',
)

/** `https://www.example.com:8443` → `www.example.com` */
export const hostOf = (domain: string): string => domain.replace(/^[a-z]+:\/\//i, '').replace(/:\d+$/, '')

/** A change names domains, `get` none. For `check` of an operation. */
export const domainsFit = (input: {
  readonly action: string
  readonly domains?: readonly string[] | undefined
}): readonly [string, Reason] | undefined => {
  if (input.action === 'get') return input.domains === undefined ? undefined : ['domains', 'NOT_WITH_GET']
  return input.domains === undefined ? ['domains', 'REQUIRED'] : undefined
}
