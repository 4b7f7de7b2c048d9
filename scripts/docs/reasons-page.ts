import { codesByStatus, isRetryable, type ErrorCode } from '../../shared/error-codes.ts'
import { codeOfReason, isReason } from '../../shared/reasons.ts'
import type { Language } from '../../shared/words/language.ts'
import type { Words } from '../../shared/words/params.ts'
import { problemWords } from '../../shared/words/problems.ts'
import { reasonWords } from '../../shared/words/reasons.ts'
import { namesIn } from '../../shared/words/tell.ts'

const texts = {
  zh: {
    title: '# 原因一览',
    made: '由 `npm run docs` 根据 `shared/words/` 生成。',
    intro:
      '被拒绝的调用返回 `code`（大类，决定 HTTP 状态）和 `reason`（具体原因）；两者都是稳定的，程序应根据它们判断，而不是根据文字。`params` 是文字中的值。问题与警告的 `code` 也是本页的词。微信错误码的说明见 [wechat-errcodes.md](wechat-errcodes.md)。',
    columns: ['原因', '含义', '处理'],
    retryable: '可重试',
    problems: '## 问题与警告',
    heading: (code: ErrorCode, status: number) => `## ${code}（HTTP ${status}）`,
  },
  en: {
    title: '# Reasons',
    made: 'Made from `shared/words/` by `npm run docs`.',
    intro:
      'A refused call is answered with a `code` (the class, which sets the HTTP status) and a `reason` (why exactly). Both are stable: programs decide by them, never by a text. `params` holds the values that the texts name. The `code` of a problem or warning is a word of this page too. For what WeChat’s errcodes mean see [wechat-errcodes.md](wechat-errcodes.md).',
    columns: ['reason', 'meaning', 'what to do'],
    retryable: 'retryable',
    problems: '## Problems and warnings',
    heading: (code: ErrorCode, status: number) => `## ${code} (HTTP ${status})`,
  },
}

/** Every reason by its code, then the problems, in one language. */
export function renderReasons(language: Language): string {
  const t = texts[language]
  const entries = Object.entries<Words>(reasonWords)
  const sections = [...codesByStatus()].flatMap(([status, codes]) =>
    codes.flatMap((code) => {
      const rows = entries.filter(([reason]) => isReason(reason) && codeOfReason(reason) === code)
      const heading = t.heading(code, status)
      return [isRetryable(code) ? `${heading}\n\n\`retryable\`` : heading, table(rows, language)]
    }),
  )
  return [t.title, t.made, t.intro, ...sections, t.problems, table(Object.entries<Words>(problemWords), language)].join(
    '\n\n',
  )
}

function table(rows: readonly (readonly [string, Words])[], language: Language): string {
  const { columns } = texts[language]
  return [
    `| ${columns.join(' | ')} |`,
    '| --- | --- | --- |',
    ...rows.map(
      ([word, { message, hint }]) =>
        `| \`${word}\`${paramsOf({ message, ...(hint && { hint }) })} | ${show(message[language])} | ${show(hint?.[language] ?? '')} |`,
    ),
  ].join('\n')
}

const paramsOf = ({ message, hint }: Words): string => {
  const names = new Set([...namesIn(message.en), ...namesIn(hint?.en ?? '')])
  names.delete('field')
  return names.size === 0 ? '' : `<br>${[...names].map((name) => `\`${name}\``).join(', ')}`
}

/** Values in italics; parts that may be missing in brackets. */
const show = (text: string): string =>
  text
    .replaceAll(/\[\[([^|\]]*)\|?([^\]]*)\]\]/g, (_, part: string, otherwise: string) =>
      otherwise === '' ? `[${part}]` : `[${part} / ${otherwise}]`,
    )
    .replaceAll(/\{(\w+)(?::\w+)?\}/g, '_$1_')
    .replaceAll('|', '\\|')
    .replaceAll('<', '&lt;')
