import { Failure } from '../../errors.ts'
import type { Admitted, Operation, OperationTable } from '../operation.ts'
import { ownOperations } from '../operations/table.ts'

/* Which operations are tools: all of ours but those that hand out credentials, decide who may do what, or send elsewhere. */

const nounsKept = new Set(['tokens', 'apiKeys', 'admins', 'sessions', 'confirmations', 'wechat'])

const rowsKept = new Set(['subscriptions.put', 'subscriptions.delete', 'subscriptions.redeliver', 'miniprograms.login'])

const isOffered = (name: string): boolean =>
  name === 'admins.me' || !(nounsKept.has(name.split('.')[0] ?? '') || rowsKept.has(name))

const toolName = (operation: string): string => operation.replace('.', '_')

/** By the names of the tools. */
export async function offeredOperations(): Promise<ReadonlyMap<string, readonly [name: string, row: Operation]>> {
  const rows = Object.entries(await ownOperations()).filter(([name]) => isOffered(name))
  return new Map(rows.map(([name, row]) => [toolName(name), [name, row]]))
}

/** Operations that say what they would do, beside `bindings.import`, which can by itself. */
export const rehearsed: ReadonlySet<string> = new Set(['releases.commit', 'rollouts.create'])

/** Whether what this input asks for is seen by users or is not simply undone. */
export function isDestructive({ operation: { destructive, rehearsedBy }, kind, name, input }: Admitted): boolean {
  const members: Readonly<Record<string, unknown>> = { ...input }
  if (kind === 'reading') return false
  if (rehearsedBy?.includes(name) && members['dryRun'] === true) return false
  return typeof destructive === 'string' ? members[destructive] === true : destructive === true
}

export const unknownTool = (): Failure => new Failure('UNKNOWN_OPERATION', { field: 'name' })

/** One operation of WeChat's directory. */
export const directoryRow = (table: OperationTable, name: string): Operation | undefined =>
  Object.hasOwn(table, name) && table[name]?.endpoint ? table[name] : undefined
