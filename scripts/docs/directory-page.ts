import { findOperation } from '../../local/wechat/operations/table.ts'
import { isCredentialPath } from '../../shared/domain/free-paths.ts'
import type { OperationTable } from '../../shared/domain/operation.ts'
import { directoryGroups } from './directory-groups.ts'

/** Endpoints that operations of ours stand for; rows that are operations by themselves say so. */
const ours: Readonly<Record<string, string>> = {
  'POST /cgi-bin/account/getaccountbasicinfo': 'miniprograms.info',
  'GET /wxa/get_category': 'releases.categories',
  'POST /wxa/change_visitstatus': 'miniprograms.setVisibility',
  'POST /wxa/getvisitstatus': 'miniprograms.info',
  'POST /wxa/getversioninfo': 'miniprograms.info',
  'POST /wxa/commit': 'releases.commit',
  'POST /wxa/submit_audit': 'releases.submit',
  'POST /wxa/get_auditstatus': 'releases.status',
  'GET /wxa/get_latest_auditstatus': 'releases.status',
  'GET /wxa/get_page': 'releases.pages',
  'GET /wxa/get_qrcode': 'releases.preview',
  'POST /wxa/grayrelease': 'releases.startGray',
  'GET /wxa/getgrayreleaseplan': 'releases.getGray',
  'GET /wxa/revertgrayrelease': 'releases.cancelGray',
  'GET /wxa/queryquota': 'releases.quota',
  'POST /wxa/release': 'releases.release',
  'GET /wxa/revertcoderelease': 'releases.rollback',
  'POST /wxa/speedupaudit': 'releases.expedite',
  'GET /wxa/undocodeaudit': 'releases.withdraw',
  'POST /wxa/uploadmedia': 'releases.uploadMedia',
  'POST /wxa/modify_domain': 'miniprograms.setServerDomains',
  'POST /wxa/modify_domain_directly': 'miniprograms.setServerDomains',
  'POST /wxa/setwebviewdomain': 'miniprograms.setWebviewDomains',
  'POST /wxa/setwebviewdomain_directly': 'miniprograms.setWebviewDomains',
  'POST /wxa/bind_tester': 'miniprograms.bindTester',
  'POST /wxa/unbind_tester': 'miniprograms.unbindTester',
  'POST /wxa/memberauth': 'miniprograms.listTesters',
  'POST /wxa/addtotemplate': 'templates.promote',
  'POST /wxa/deletetemplate': 'templates.delete',
  'GET /wxa/gettemplatedraftlist': 'templates.listDrafts',
  'GET /wxa/gettemplatelist': 'templates.list',
  'POST /cgi-bin/component/api_get_authorizer_info': 'authorizers.sync',
  'POST /cgi-bin/component/modify_wxa_server_domain': 'platform.setServerDomains',
  'POST /cgi-bin/component/modify_wxa_jump_domain': 'platform.setWebviewDomains',
  'POST /cgi-bin/component/getprivacysetting': 'miniprograms.getPrivacy',
  'POST /cgi-bin/component/setprivacysetting': 'miniprograms.setPrivacy',
  'GET /sns/component/jscode2session': 'miniprograms.login',
}

/** Off since 2026-04-30. */
const retired = new Set(['POST /cgi-bin/component/fastregisterweapp'])

export interface Coverage {
  readonly group: string
  readonly endpoint: string
  readonly operations: readonly string[]
  /** Credentials are kept here; a retired endpoint answers nobody. */
  readonly state: 'offered' | 'kept' | 'retired' | 'open'
  readonly simulated: boolean
}

/** Every endpoint of the directory, and what stands for it here. */
export function readCoverage(table: OperationTable): readonly Coverage[] {
  const rows = Object.entries(table)
  return Object.entries(directoryGroups).flatMap(([group, endpoints]) =>
    endpoints.map((endpoint) => {
      const [method = '', address = ''] = endpoint.split(' ')
      const [path = '', query = ''] = address.split('?')
      const named = Object.hasOwn(ours, endpoint) ? [ours[endpoint] ?? ''] : []
      const own = rows.flatMap(([name, { endpoint: row }]) =>
        row?.method === method && row.path === path && isOfAction(row, query) ? [name] : [],
      )
      const operations = [...named, ...own]
      const state =
        operations.length > 0 ? 'offered' : isCredentialPath(path) ? 'kept' : retired.has(endpoint) ? 'retired' : 'open'
      return { group, endpoint, operations, state, simulated: findOperation(path) !== undefined }
    }),
  )
}

/** Some paths stand once for each action. */
const isOfAction = ({ query }: NonNullable<OperationTable[string]['endpoint']>, words: string): boolean =>
  words === '' || JSON.stringify(query?.() ?? {}).includes(`"${words.replace('action=', '')}"`)

const states: Readonly<Record<Coverage['state'], string>> = {
  offered: '',
  kept: 'kept here: hands out or uses up credentials',
  retired: 'WeChat switched it off',
  open: '`wechat.call`',
}

export function renderDirectory(table: OperationTable): string {
  const rows = readCoverage(table)
  const offered = rows.filter(({ state }) => state === 'offered')
  return [
    '# WeChat’s directory',
    `Made by \`npm run docs\`. Of ${rows.length} endpoints ${offered.length} are operations; ${rows.filter(({ state }) => state === 'kept').length} are kept here, because they hand out or use up credentials. What an operation takes and answers: [operations.md](operations.md). “Tested”: against the simulated WeChat, by the project’s own tests.`,
    ...Object.keys(directoryGroups).flatMap((group) => {
      const own = rows.filter((row) => row.group === group)
      return [
        `## ${group}`,
        [
          '| endpoint | operation | tested |',
          '| --- | --- | --- |',
          ...own.map((row) => `| ${cellsOf(row).join(' | ')} |`),
        ].join('\n'),
      ]
    }),
  ].join('\n\n')
}

const cellsOf = ({ endpoint, operations, state, simulated }: Coverage): readonly string[] => [
  `\`${endpoint}\``,
  operations.length > 0 ? operations.map((name) => `\`${name}\``).join(', ') : states[state],
  operations.length > 0 && simulated ? 'yes' : '',
]
