import { collections, type IndexDefinition, type Retention } from '../../shared/cloudbase/collections.ts'
import { kindsOf } from '../../shared/domain/stores/forms.ts'
import { DAY, MINUTE } from '../../shared/time.ts'

/** What is stored. */
export const renderCollections = (): string =>
  [
    '# Collections',
    'Made from `shared/cloudbase/collections.ts` and the descriptions in `shared/domain/stores` by `npm run docs`.',
    'All are ADMINONLY. A member with `?` may be missing, one with 🔒 is sealed under `SEAL_KEYS`. In an index `-` stands before what goes down. `platform` holds documents of several kinds, each with members of its own.',
    ...collections.flatMap(({ name, members, sealed, indexes, retention, isEverywhere }) => [
      `## ${name}`,
      ...(isEverywhere ? ['Also written in an environment without merchants.'] : []),
      [
        '| member | form |',
        '| --- | --- |',
        ...kindsOf(members).map(
          ([member, kind]) =>
            `| \`${member}\`${sealed.includes(member.replace('?', '')) ? ' 🔒' : ''} | ${kind.replaceAll('|', '\\|')} |`,
        ),
      ].join('\n'),
      ...(indexes.length > 0 ? [`Indexes: ${indexes.map(tellIndex).join(', ')}.`] : []),
      ...retention.map(tellRetention),
    ]),
  ].join('\n\n')

const tellIndex = ({ fields }: IndexDefinition): string =>
  `\`${fields.map(({ name, direction }) => (direction < 0 ? `-${name}` : name)).join(' ')}\``

const tellRetention = ({ since, afterMs, andSince, where, change }: Retention): string =>
  [
    `${timeAfter(since, afterMs)}${andSince ? ` and ${timeAfter(andSince.since, andSince.afterMs)}` : ''}`,
    ...(where ? [`where \`${JSON.stringify(where)}\``] : []),
    change ? `becomes \`${JSON.stringify(change)}\`.` : 'it goes.',
  ].join(', ')

const timeAfter = (since: string, milliseconds: number): string =>
  `${milliseconds % DAY === 0 ? `${milliseconds / DAY} d` : `${milliseconds / MINUTE} min`} after \`${since}\``
