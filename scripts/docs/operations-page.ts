import type { OperationTable } from '../../shared/domain/operation.ts'
import { documentSchema, inputOf, typeOf } from './client-types.ts'

const titles: Readonly<Record<string, string>> = {
  bindings: 'Bindings 绑定',
  authorizers: 'Authorizers 授权方',
  tokens: 'Tokens 令牌',
  templates: 'Templates 模板',
  platform: 'Platform 平台',
  miniprograms: 'Mini programs 小程序',
  releases: 'Releases 代码管理',
  rollouts: 'Rollouts 批量发布',
  events: 'Events 推送记录',
  subscriptions: 'Subscriptions 订阅',
  wechat: 'WeChat 任意接口',
  admins: 'Admins 管理员',
  apiKeys: 'API keys',
  activity: 'Activity 操作日志',
}

const subjectOf = (name: string): string => name.split('.')[0] ?? ''

/** Every operation with role, input and answer, by subject. */
export function renderOperations(table: OperationTable, openapi: unknown): string {
  const { paths } = documentSchema(openapi)
  const subjects = [...new Set(Object.keys(table).map(subjectOf))]
  return [
    '# Operations',
    [
      'Made from the table of operations by `npm run docs`. Called as `{"operation": …, "input": …}` through the function `manage`,',
      'or over HTTP as `POST /api/v1/{operation}` with the input as body. Those marked * change something: they take',
      '`idempotencyKey` and stand in `activity.list`. Roles: viewer < operator < owner. Times are ISO 8601 UTC; objects that',
      'are not described further are WeChat’s own. What each answers: [openapi.json](openapi.json).',
    ].join('\n'),
    ...subjects.flatMap((subject) => [
      `## ${titles[subject] ?? subject}`,
      ...Object.entries(table)
        .filter(([name]) => subjectOf(name) === subject)
        .map(([name, { role, changes, summary }]) => {
          const post = paths[`/api/v1/${name}`]?.post
          const input = post ? inputOf(post.requestBody) : {}
          const members = Object.entries(input.properties ?? {}).map(
            ([member, shape]) => `- \`${member}${input.required?.includes(member) ? '' : '?'}\`: \`${typeOf(shape)}\``,
          )
          return [`### ${name}${changes ? ' *' : ''}`, '', `${summary}. Role: ${role}.`, '', ...members].join('\n')
        }),
    ]),
    '',
  ].join('\n\n')
}
