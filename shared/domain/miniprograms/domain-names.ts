import * as v from 'valibot'
import type { Reason } from '../../reasons.ts'
import { flaw } from '../input-flaws.ts'
import { choice } from '../inputs.ts'
import { told } from '../described-fields.ts'
import { domainForms, readDomain, type DomainForm, type DomainKind } from './domain-form.ts'

/** A list of domains, without repetitions. */
const domainList = (form: DomainForm, max: number) =>
  v.pipe(
    v.array(
      v.pipe(
        v.string(),
        v.rawTransform<string, string>(({ dataset, addIssue, NEVER }) => {
          const read = readDomain(dataset.value, form)
          if ('domain' in read) return read.domain
          addIssue({ message: flaw(read.refused, read.params) })
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
  domainList(domainForms.platformServer, 1000),
  ['api.shop.example'],
)
export const platformWebviewDomains = told(
  'Hosts, without scheme',
  '域名，不带协议',
  domainList(domainForms.platformWebview, 300),
  ['www.shop.example'],
)

const serverDomainsOf = (kind: DomainKind) => {
  const [scheme = 'https'] = domainForms[kind].schemes
  return v.optional(
    told(`Domains with ${scheme}://`, `以 ${scheme}:// 开头的域名`, domainList(domainForms[kind], 200), [
      `${scheme}://api.shop.example`,
    ]),
  )
}

export const serverDomains = {
  requestDomains: serverDomainsOf('requestDomains'),
  wsRequestDomains: serverDomainsOf('wsRequestDomains'),
  uploadDomains: serverDomainsOf('uploadDomains'),
  downloadDomains: serverDomainsOf('downloadDomains'),
  udpDomains: serverDomainsOf('udpDomains'),
  tcpDomains: serverDomainsOf('tcpDomains'),
}

export const webviewDomains = told(
  'Domains with https://',
  '以 https:// 开头的域名',
  domainList(domainForms.webviewDomains, 300),
  ['https://www.shop.example'],
)

export const domainAction = told(
  'set replaces the list; get changes nothing',
  'set 覆盖列表；get 只读取',
  choice(['add', 'delete', 'set', 'get']),
)

export const directly = v.optional(
  told(
    'true goes past the list of the platform, by the rules of an ordinary mini program; a mini program should have its domains on one road only',
    'true 表示不经第三方平台的列表，按普通小程序的规则设置；同一小程序不要混用两种方式',
    v.boolean(),
  ),
)

export const scope = v.optional(
  told('test leaves what is published alone', 'test 不影响已全网发布的列表', choice(['both', 'test'])),
  'both',
)

/** A change names domains, `get` none. For `check` of an operation. */
export const domainsFit = (input: {
  readonly action: string
  readonly domains?: readonly string[] | undefined
}): readonly [string, Reason] | undefined => {
  if (input.action === 'get') return input.domains === undefined ? undefined : ['domains', 'NOT_WITH_GET']
  return input.domains === undefined ? ['domains', 'REQUIRED'] : undefined
}
