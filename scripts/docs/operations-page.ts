import { idempotencyKey } from '../../shared/domain/inputs.ts'
import type { Operation, OperationTable } from '../../shared/domain/operation.ts'
import { exampleOf } from '../../shared/entry/examples.ts'
import {
  inputSchema,
  namedSchemas,
  outputSchema,
  propertiesOf,
  type JsonSchema,
} from '../../shared/entry/json-schema.ts'
import { groupBy } from '../../shared/grouping.ts'
import type { Language, Told } from '../../shared/words/language.ts'
import { chapters, nounOf, titleOf } from './nouns.ts'
import { roleOf } from './roles.ts'
import { isRecord } from '../../shared/record.ts'

const intro: Told = {
  en: [
    'Made from the rows of operations by `npm run docs`. Called as `{"operation": …, "input": …}` through the function `manage`,',
    'or over HTTP as `POST /api/v1/{operation}` with the input as body. Those marked * change something: they take',
    '`idempotencyKey` and stand in `activity.list`. Roles: viewer < operator < owner. Times are ISO 8601 UTC; members in',
    'WeChat’s spelling are WeChat’s own. Operations of “WeChat: …” are one endpoint of WeChat’s each: `query` and `body` hold its',
    'fields unchanged, what it answers is passed on. For programs: [openapi.json](openapi.json).',
  ].join('\n'),
  zh: [
    '由 `npm run docs` 根据操作表生成。可通过云函数 `manage` 以 `{"operation": …, "input": …}` 调用，也可通过 HTTP',
    '`POST /api/v1/{operation}` 调用，请求体即输入。带 * 的操作会改变数据：可带 `idempotencyKey`，并记入 `activity.list`。',
    '角色：viewer < operator < owner。时间为 ISO 8601 UTC；微信拼写的成员为微信原样字段。「微信：…」下的每个操作对应一个微信接口：',
    '`query` 和 `body` 为微信原样字段，返回也原样转交。供程序读取：[openapi.json](openapi.json)。',
  ].join('\n'),
}

const titles = {
  page: { en: '# Operations', zh: '# 操作' },
  shapes: { en: '## Shapes', zh: '## 结构' },
  role: { en: 'Role', zh: '角色' },
  input: { en: 'Input', zh: '输入' },
  answer: { en: 'Answer', zh: '返回' },
  example: { en: 'Example', zh: '示例' },
  destructive: { en: 'Not simply undone', zh: '不易撤销' },
  repeatable: { en: 'Once more has no further effect', zh: '重复调用没有额外影响' },
  readBack: { en: 'Where no answer came, what was done is read with', zh: '没有收到答复时，用它读取是否已完成' },
  rehearsed: { en: 'What it would do', zh: '预演' },
  ends: { en: '. ', zh: '。' },
} as const satisfies Readonly<Record<string, Told>>

/** Every operation with role, input, answer and an example, by noun. */
export function renderOperations(table: OperationTable, language: Language): string {
  const named = namedSchemas()
  const groups = groupBy(Object.entries(table), ([name]) => nounOf(name))
  const nouns = chapters.flatMap((chapter) => Object.keys(chapter.nouns))
  const lost = [...groups.keys()].filter((noun) => !nouns.includes(noun))
  if (lost.length > 0) throw new Error(`in no chapter: ${lost.join()}`)
  return [
    titles.page[language],
    intro[language],
    ...chapters.flatMap(({ title, nouns: told }) => [
      `**${title[language]}**`,
      Object.keys(told)
        .map((noun) => indexLine(noun, groups.get(noun) ?? [], language))
        .join('\n'),
    ]),
    ...nouns.flatMap((noun) => [
      `## ${titleOf(noun, language)}`,
      ...(groups.get(noun) ?? []).map(([name, row]) => renderRow(name, row, named, language)),
    ]),
    titles.shapes[language],
    ...Object.entries(named).flatMap(([name, shape]) => [`### ${name}`, membersOf(shape, language)]),
  ].join('\n\n')
}

function indexLine(noun: string, rows: readonly (readonly [string, Operation])[], language: Language): string {
  const title = titleOf(noun, language)
  const verbs = rows.map(([name, row]) => `[${name.slice(noun.length + 1)}](#${anchorOf(headingOf(name, row))})`)
  return `- [${title}](#${anchorOf(title)}): ${verbs.join(', ')}`
}

const headingOf = (name: string, { kind }: Operation): string => `${name}${kind === 'changing' ? ' *' : ''}`

/** As repositories on the web make it. */
const anchorOf = (title: string): string =>
  title
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s-]/gu, '')
    .replaceAll(' ', '-')

function renderRow(
  name: string,
  row: Operation,
  named: Readonly<Record<string, JsonSchema>>,
  language: Language,
): string {
  const { summary, kind, input, output, example, destructive, repeatable, rehearsedBy, endpoint } = row
  const changes = kind === 'changing'
  const takes = inputSchema(changes ? { ...input, idempotencyKey } : input)
  const answers = outputSchema(output())
  const facts = [
    summary[language],
    `${titles.role[language]}: ${roleOf(row)}`,
    ...(destructive ? [titles.destructive[language] + (destructive === true ? '' : ` (\`${destructive}\`)`)] : []),
    ...(repeatable ? [titles.repeatable[language]] : []),
    ...(rehearsedBy ? [`${titles.rehearsed[language]}: ${rehearsedBy.join(', ')}`] : []),
    ...(endpoint?.readBack ? [`${titles.readBack[language]}: \`${endpoint.readBack.by}\``] : []),
    ...(endpoint ? [`[\`${endpoint.method} ${endpoint.path}\`](${endpoint.link})`] : []),
    '',
  ]
  return [
    `### ${headingOf(name, row)}`,
    facts.join(titles.ends[language]).trim(),
    `${titles.input[language]}:`,
    membersOf(takes, language),
    ...(endpoint
      ? [`${titles.answer[language]}: ${inOneLine(answers)}`]
      : [
          `${titles.answer[language]}:${answers['type'] === 'object' ? '' : ` ${typeOf(answers)}`}`,
          membersOf(answers, language),
        ]),
    `${titles.example[language]}: \`${JSON.stringify(Object.assign({}, exampleOf(takes, named, true), example))}\``,
  ]
    .filter((part) => part !== '')
    .join('\n\n')
}

/** A list of what an object has, objects inside it below. */
function membersOf(schema: JsonSchema, language: Language, depth = 0): string {
  const required: readonly unknown[] = Array.isArray(schema['required']) ? schema['required'] : []
  return propertiesOf(schema)
    .map(([name, member]) => {
      const text: unknown = language === 'zh' ? (member['zh'] ?? member['description']) : member['description']
      const told = [typeOf(member), ...(typeof text === 'string' ? [text] : [])]
        .filter((part) => part !== '')
        .join('. ')
      const line = `${'  '.repeat(depth)}- \`${name}${required.includes(name) ? '' : '?'}\`: ${told}`.trimEnd()
      const inside = membersOf(isRecord(member['items']) ? member['items'] : member, language, depth + 1)
      return inside === '' ? line : `${line}\n${inside}`
    })
    .join('\n')
}

/** What WeChat answers is a shape of its own; names are enough to find it. */
function inOneLine(schema: JsonSchema): string {
  const { type, items, anyOf } = schema
  if (Array.isArray(anyOf) && anyOf.some((one) => isRecord(one) && one['type'] === 'object'))
    return anyOf.filter(isRecord).map(inOneLine).join(' / ')
  if (type === 'array' && isRecord(items)) return `[${inOneLine(items)}]`
  if (type !== 'object') return typeOf(schema)
  const members = propertiesOf(schema).map(([name, member]) => {
    const isNested = member['type'] === 'object' || member['type'] === 'array'
    return isNested ? `${name}: ${inOneLine(member)}` : name
  })
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`
}

const nameOf = (ref: string): string => ref.split('/').at(-1) ?? ''

function typeOf(schema: JsonSchema): string {
  const { $ref, const: only, enum: choices, anyOf, type, items } = schema
  if (typeof $ref === 'string') return `[${nameOf($ref)}](#${nameOf($ref).toLowerCase()})`
  if (only !== undefined) return `\`${JSON.stringify(only)}\``
  if (Array.isArray(choices)) return choices.map((word) => `\`${JSON.stringify(word)}\``).join(', ')
  if (Array.isArray(anyOf)) return anyOf.filter(isRecord).map(typeOf).join(' / ')
  if (type === 'array' && isRecord(items)) return `list of ${typeOf(items)}`
  return [type].flat().join(' / ')
}
