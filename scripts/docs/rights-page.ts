import { namedIn, type SubjectName } from '../../shared/domain/callers/reach.ts'
import type { Operation, OperationTable } from '../../shared/domain/operation.ts'
import { exampleOf } from '../../shared/entry/examples.ts'
import { inputSchema } from '../../shared/entry/json-schema.ts'
import type { Language, Told } from '../../shared/words/language.ts'
import { nounOf, titleOf } from './nouns.ts'
import { roleOf } from './roles.ts'

const subjects: Readonly<Record<SubjectName | 'account', Told>> = {
  account: { en: 'every account that the input names', zh: '输入中的每个账号' },
  business: { en: 'the account that the business is bound to now', zh: '该业务当前绑定的账号' },
  code: { en: 'the account that the authorization code is known to belong to', zh: '授权码已知所属的账号' },
  rollout: { en: 'every account of the rollout', zh: '批量发布中的每个账号' },
  subscription: { en: 'the account whose events it gets', zh: '订阅所接收事件的账号' },
  delivery: { en: 'the account that the event is about', zh: '事件所属的账号' },
  invite: {
    en: 'the account that the link is for, else the one its business is bound to',
    zh: '链接指定的账号，否则为其业务绑定的账号',
  },
  key: { en: 'every account of that API key', zh: '该密钥的每个账号' },
  problem: { en: 'the account that the problem is about', zh: '问题所属的账号' },
  file: { en: 'the account in whose folder the file lies', zh: '文件所在文件夹的账号' },
}

const words = {
  title: { en: '# Whose right is asked', zh: '# 需要谁的权限' },
  other: { en: '[中文](rights.zh-CN.md)', zh: '[English](rights.md)' },
  made: {
    en: 'Made from the table of operations by `npm run docs`; a test walks it with limited keys.',
    zh: '由 `npm run docs` 根据操作表生成；有测试用受限密钥逐一验证。',
  },
  head: {
    en: '| operation | role | what it changes | a key limited to accounts needs |',
    zh: '| 操作 | 角色 | 改变什么 | 限定账号的密钥需要 |',
  },
  nothing: { en: 'nothing', zh: '不改变' },
  credential: { en: 'nothing; lends a credential', zh: '不改变；借出凭证' },
  atWechat: { en: 'at WeChat', zh: '微信侧' },
  everyone: { en: 'nothing: it answers all alike', zh: '不需要：对所有人结果相同' },
  list: { en: 'nothing: it lists only what is of its accounts', zh: '不需要：只列出其账号的内容' },
  refused: { en: 'refused: it is about the whole platform', zh: '拒绝：涉及整个平台' },
  and: { en: '; ', zh: '；' },
} as const satisfies Readonly<Record<string, Told>>

const intro: Told = {
  en: [
    'A caller needs the role of the operation. A key that is limited to `operations` may call these only. A key that is limited to `appids`',
    'reads and changes these accounts only: each account that its input names (members `appid`, `appids` and `canary` at any depth, but not',
    'inside `ext` and `extJson`) and each that stands behind what the input names must be one of them, and there must be at least one.',
    'Files for a limited key lie in a folder of cloud storage that is called like the account: `cloud://…/review/{appid}/…`.',
  ].join('\n'),
  zh: [
    '调用者须具备操作所需的角色。限定 `operations` 的密钥只能调用这些操作。限定 `appids` 的密钥只能读取和改变这些账号：',
    '输入中的每个账号（任意层级的 `appid`、`appids`、`canary`，`ext` 与 `extJson` 之内除外）以及输入所指事物背后的每个账号都必须在其中，且至少有一个。',
    '受限密钥使用的文件须放在云存储中以账号命名的文件夹：`cloud://…/review/{appid}/…`。',
  ].join('\n'),
}

const bounds: Told = {
  en: [
    'A key made with a key has at most that key’s role, operations, accounts and end, and is void as soon as that key is. A key made by a',
    'person has at most the role that the person has now, and ends when that is taken away. Roles, keys and sessions are remembered for 60 s at most.',
  ].join('\n'),
  zh: '用密钥创建的密钥，其角色、操作、账号与期限不超出前者，前者失效它也失效。由人创建的密钥不超出此人当前的角色，角色被取消时一并失效。角色、密钥与会话最多缓存 60 秒。',
}

function whatChanges(name: string, { kind, endpoint }: Operation, language: Language): string {
  if (kind === 'lending') return words.credential[language]
  if (kind === 'reading') return words.nothing[language]
  return endpoint ? `${words.atWechat[language]} \`${endpoint.path}\`` : titleOf(nounOf(name), language)
}

function whoseRight({ input, reach }: Operation, language: Language): string {
  if (reach) return words[reach][language]
  const kinds = new Set(namedIn(exampleOf(inputSchema(input), {})).map(({ kind }) => kind))
  return kinds.size === 0
    ? words.refused[language]
    : [...kinds].map((kind) => subjects[kind][language]).join(words.and[language])
}

/** Every operation with what it changes and what a key limited to accounts is asked for. */
export const renderRights = (table: OperationTable, language: Language): string =>
  [
    words.title[language],
    words.other[language],
    words.made[language],
    intro[language],
    [
      words.head[language],
      '| --- | --- | --- | --- |',
      ...Object.entries(table).map(
        ([name, row]) =>
          `| ${name} | ${roleOf(row)} | ${whatChanges(name, row, language)} | ${whoseRight(row, language)} |`,
      ),
    ].join('\n'),
    bounds[language],
  ].join('\n\n')
