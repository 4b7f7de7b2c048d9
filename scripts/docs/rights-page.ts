import type { SubjectName } from '../../shared/domain/callers/reach.ts'
import type { Operation, OperationTable } from '../../shared/domain/operation.ts'

const subjects: Readonly<Record<SubjectName, string>> = {
  business: 'the account that the business is bound to now',
  code: 'the account that the authorization code is known to belong to',
  rollout: 'every account of the rollout',
  subscription: 'the account whose events it gets',
  delivery: 'the account that the event is about',
  invite: 'the account that the link is for, else the one its business is bound to',
  key: 'every account of that API key',
  problem: 'the account that the problem is about',
  file: 'the account in whose folder the file lies',
}

const verbs = { reading: 'reads', changing: 'changes', lending: 'lends' } as const

const kindOf = ({ kind, role }: Operation): string => `${verbs[kind]} (${role})`

const namesAccounts = ({ input }: Operation): boolean =>
  ['appid', 'appids', 'body', 'query', 'match', 'items'].some((name) => Object.hasOwn(input, name))

function whoseOf(operation: Operation): string {
  const { reach = [] } = operation
  if (reach === 'everyone') return 'nobody’s: it answers all alike'
  if (reach === 'list') return 'its items are only those of the key’s accounts'
  const asked = [
    ...(namesAccounts(operation) ? ['every account that the input names'] : []),
    ...reach.map((subject) => subjects[subject]),
  ]
  return asked.length === 0 ? 'refused: it is about the whole platform' : asked.join('; ')
}

/** Every operation with what a key limited to accounts is asked for. */
export const renderRights = (table: OperationTable): string =>
  [
    '# Whose right is asked',
    'Made from the table of operations by `npm run docs`; a test walks it with limited keys.',
    [
      'A caller needs the role of the operation. A key that is limited to `operations` may call these only. A key that is limited to `appids`',
      'reads and changes these accounts only: each account that its input names (members `appid`, `appids` and `canary` at any depth, but not',
      'inside `ext` and `extJson`) and each that stands behind what the input names must be one of them, and there must be at least one.',
      'Files for a limited key lie in a folder of cloud storage that is called like the account: `cloud://…/review/{appid}/…`.',
    ].join('\n'),
    '<!-- prettier-ignore -->',
    [
      '| operation | what it does | a limited key is asked for |',
      '| --- | --- | --- |',
      ...Object.entries(table).map(([name, row]) => `| ${name} | ${kindOf(row)} | ${whoseOf(row)} |`),
    ].join('\n'),
    [
      'A key made with a key has at most that key’s role, operations, accounts and end, and is void as soon as that key is. A key made by a',
      'person has at most the role that the person has now, and ends when that is taken away. Roles and keys are remembered for 60 s at most.',
    ].join('\n'),
    '',
  ].join('\n\n')
