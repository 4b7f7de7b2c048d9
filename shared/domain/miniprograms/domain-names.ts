import * as v from 'valibot'
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
  if (host === '') return { refused: 'must be a domain without path, such as www.example.com' }
  if (scheme !== undefined && !schemes.some((allowed) => allowed === scheme.toLowerCase()))
    return { refused: `must begin with ${schemes.map((allowed) => `${allowed}://`).join(' or ')} if it has a scheme` }
  const name = host.toLowerCase()
  if (name.startsWith('[') || /^(?:\d+|0x[\da-f]+)(?:\.(?:\d+|0x[\da-f]+))*$/.test(name))
    return { refused: 'must be a domain, not an IP address' }
  if (!HOST.test(name)) return { refused: 'must be a domain such as www.example.com' }
  if (name === 'api.weixin.qq.com') return { refused: "must not be WeChat's own api.weixin.qq.com" }
  if (port !== undefined && !ports) return { refused: 'must have no port here' }
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return { refused: 'has a port that cannot be' }
  const place = port === undefined ? name : `${name}:${Number(port)}`
  return { domain: written ? `${first}://${place}` : place }
}

/** A list of domains, without repetitions. */
const domainList = (form: Form, max: number) =>
  v.pipe(
    v.array(
      v.pipe(
        v.string('must be a domain'),
        v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
          const read = readDomain(dataset.value, form)
          if ('domain' in read) return read.domain
          addIssue({ message: read.refused })
          return NEVER
        }),
      ),
      'must be a list of domains',
    ),
    v.maxLength(max, `must have at most ${max} domains`),
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
}): readonly [string, string] | undefined => {
  if (input.action === 'get') return input.domains === undefined ? undefined : ['domains', 'get takes no domains']
  return input.domains === undefined ? ['domains', 'domains is required'] : undefined
}
