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
    'Made from `shared/wechat/endpoints` by `npm run docs`. “After a lost answer” is what a call does whose outcome is not known.',
    'A call of any other path: `wechat.call`. Which endpoint is which operation: [wechat-directory.md](wechat-directory.md).',
    ...Object.entries(allEndpoints).flatMap(([subject, rows]) => [
      `## ${subject}`,
      [
        '| name | endpoint | token | permission set | after a lost answer | what |',
        '| --- | --- | --- | --- | --- | --- |',
        ...Object.entries(rows).map(([name, row]: [string, Endpoint]) => `| ${cellsOf(name, row).join(' | ')} |`),
      ].join('\n'),
    ]),
  ].join('\n\n')

const cellsOf = (
  name: string,
  { method, path, token, permissionSets, allSetsNeeded, repeat, title, link }: Endpoint,
): string[] => [
  name,
  `\`${method} ${path}\``,
  token,
  (permissionSets ?? []).join(allSetsNeeded ? ' and ' : ' or '),
  repeats[repeat],
  `[${title.en}](${link})`,
]
