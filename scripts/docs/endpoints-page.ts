import { findOperation } from '../../local/wechat/operations/table.ts'
import { allEndpoints } from '../../shared/wechat/endpoints/all.ts'
import type { Endpoint } from '../../shared/wechat/endpoints/endpoint.ts'

const repeats: Readonly<Record<Endpoint['repeat'], string>> = {
  safe: 'send again',
  readBack: 'read back first',
  never: 'never again',
}

/** WeChat's API as this project knows it; `wechat.call` reaches any other path. */
export const renderEndpoints = (): string =>
  [
    '# WeChat’s endpoints',
    'Made from `shared/wechat/endpoints` by `npm run docs`. “After a lost answer” is what a call does whose outcome is not known. “Simulated”: by `local/wechat`; the others answer 501 there.',
    'A call of any other path: `wechat.call`.',
    ...Object.entries(allEndpoints).flatMap(([subject, rows]) => [
      `## ${subject}`,
      '<!-- prettier-ignore -->',
      [
        '| name | endpoint | token | permission set | after a lost answer | simulated | what |',
        '| --- | --- | --- | --- | --- | --- | --- |',
        ...Object.entries(rows).map(([name, row]: [string, Endpoint]) => `| ${cellsOf(name, row).join(' | ')} |`),
      ].join('\n'),
    ]),
    '',
  ].join('\n\n')

const cellsOf = (name: string, { method, path, token, permissionSets, repeat, title, link }: Endpoint): string[] => [
  name,
  `\`${method} ${path}\``,
  token,
  (permissionSets ?? []).join(' or '),
  repeats[repeat],
  findOperation(path) ? 'yes' : '501',
  `[${title.en}](${link})`,
]
