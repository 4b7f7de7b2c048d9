import { Failure } from '../../errors.ts'
import type { Caller } from '../callers/caller.ts'
import { admit, carryOut, type OperationTable } from '../operation.ts'
import type { Platform } from '../platform.ts'
import { isDestructive, offeredOperations, rehearsed, unknownTool } from './offered.ts'
import { ownTools } from './own-tools.ts'
import { makePlan, takeConfirmation } from './plans.ts'
import { rehearse } from './rehearsals.ts'

type Arguments = Readonly<Record<string, unknown>>

/** Runs a tool: one of its own, or an operation. What is destructive answers a plan first. */
export async function callTool(platform: Platform, caller: Caller, tool: string, given: Arguments): Promise<unknown> {
  const call = async (table: OperationTable, name: string, given: Arguments): Promise<unknown> => {
    const { confirmation, ...rest } = given
    const { dryRun, ...input } = rest
    const canRehearse = rehearsed.has(name)
    const admitted = await admit(platform, table, caller, name, canRehearse ? input : rest)
    if (canRehearse && dryRun !== undefined) {
      if (typeof dryRun !== 'boolean') throw new Failure('NOT_BOOLEAN', { field: 'dryRun' })
      if (dryRun) return rehearse(platform, admitted)
    }
    if (confirmation !== undefined && typeof confirmation !== 'string')
      throw new Failure('NOT_TEXT', { field: 'confirmation' })
    if (isDestructive(admitted)) {
      const planned = { tool, admitted }
      if (confirmation === undefined) return makePlan(platform, planned)
      await takeConfirmation(platform, planned, confirmation)
    } else if (confirmation !== undefined) throw new Failure('NOT_KNOWN_HERE', { field: 'confirmation' })
    return carryOut(platform, admitted)
  }
  const own = Object.hasOwn(ownTools, tool) ? ownTools[tool] : undefined
  if (own) return own.run({ platform, caller, call }, given)
  const offered = (await offeredOperations()).get(tool)
  if (!offered) throw unknownTool()
  const [name, row] = offered
  return call({ [name]: row }, name, given)
}
