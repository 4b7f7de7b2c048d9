import { collections, type Retention } from '../../shared/cloudbase/collections.ts'
import { kindsOf } from '../../shared/domain/stores/forms.ts'
import { DAY, HOUR, MINUTE } from '../../shared/time.ts'
import type { Language } from '../../shared/words/language.ts'

const texts = {
  zh: {
    head: '# 集合\n\n[English](collections.md)',
    made: '由 `npm run docs` 根据 `shared/cloudbase/collections.ts` 与 `shared/domain/stores` 中的描述生成。',
    intro:
      '所有集合均为仅管理端可读写（ADMINONLY）。带 `?` 的字段可以没有。🔒 的值以 `SEAL_KEYS` 加密。索引中 `-` 表示降序。`platform` 存放多种文档，各有各的字段。',
    columns: ['字段', '形式'],
    indexes: '索引',
    retention: '保留',
    everywhere: '没有商户的环境中也会写入。',
    goes: '删除',
    after: (time: string, since: string) => `\`${since}\` 之后 ${time}`,
    and: '，且 ',
    where: '，条件 ',
    units: { day: ' 天', hour: ' 小时', minute: ' 分钟', none: '立即' },
  },
  en: {
    head: '# Collections\n\n[中文](collections.zh-CN.md)',
    made: 'Made from `shared/cloudbase/collections.ts` and the descriptions in `shared/domain/stores` by `npm run docs`.',
    intro:
      'All are ADMINONLY. A member with `?` may be missing. Values marked 🔒 are sealed under `SEAL_KEYS`. In an index `-` stands before what goes down. `platform` holds documents of several kinds, each with members of its own.',
    columns: ['member', 'form'],
    indexes: 'Indexes',
    retention: 'Retention',
    everywhere: 'Also written in an environment without merchants.',
    goes: 'goes',
    after: (time: string, since: string) => `${time} after \`${since}\``,
    and: ' and ',
    where: ', where ',
    units: { day: ' days', hour: ' hours', minute: ' minutes', none: 'at once' },
  },
}

/** What is stored, in one language. */
export function renderCollections(language: Language): string {
  const { head, made, intro, columns, indexes: indexed, retention: kept, everywhere } = texts[language]
  const sections = collections.flatMap(({ name, members, sealed, indexes, retention, isEverywhere }) => [
    `## ${name}`,
    ...(isEverywhere ? [everywhere] : []),
    [
      `| ${columns.join(' | ')} |`,
      '| --- | --- |',
      ...kindsOf(members).map(
        ([member, kind]) =>
          `| \`${member}\`${sealed.includes(member.replace('?', '')) ? ' 🔒' : ''} | ${kind.replaceAll('|', '\\|')} |`,
      ),
    ].join('\n'),
    ...listed(
      indexed,
      indexes.map(({ fields }) =>
        fields.map(({ name: field, direction }) => `\`${direction < 0 ? '-' : ''}${field}\``).join(' '),
      ),
    ),
    ...listed(
      kept,
      retention.map((rule) => tell(rule, language)),
    ),
  ])
  return [head, made, intro, ...sections].join('\n\n')
}

const listed = (title: string, lines: readonly string[]): string[] =>
  lines.length === 0 ? [] : [`${title}:\n\n${lines.map((line) => `- ${line}`).join('\n')}`]

function tell({ since, afterMs, andSince, where, change }: Retention, language: Language): string {
  const { goes, after, and, where: onlyWhere } = texts[language]
  return [
    change ? `\`${JSON.stringify(change)}\`` : goes,
    ': ',
    after(spanOf(afterMs, language), since),
    andSince ? `${and}${after(spanOf(andSince.afterMs, language), andSince.since)}` : '',
    where ? `${onlyWhere}\`${JSON.stringify(where)}\`` : '',
  ].join('')
}

function spanOf(milliseconds: number, language: Language): string {
  const { day, hour, minute, none } = texts[language].units
  if (milliseconds === 0) return none
  if (milliseconds >= DAY) return `${milliseconds / DAY}${day}`
  return milliseconds >= HOUR ? `${milliseconds / HOUR}${hour}` : `${milliseconds / MINUTE}${minute}`
}
