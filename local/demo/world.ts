import * as v from 'valibot'
import type { Host } from '../host/host.ts'
import type { RunningWechat } from '../wechat/server.ts'
import { askManage, type Problem } from './answers.ts'
import type { BusinessServer } from './business-server.ts'
import type { Outages } from './outages.ts'
import type { Pace } from './pace.ts'

/** Everything that the tour plays with. */
export interface World {
  readonly host: Host
  readonly wechat: RunningWechat
  readonly business: BusinessServer
  readonly outages: Outages
  readonly pace: Pace
}

/** The platform said no. */
export class Refused extends Error {
  override readonly name = 'Refused'

  constructor(
    readonly operation: string,
    readonly problem: Problem,
  ) {
    super(`${operation}: ${problem.code} ${problem.message}`)
  }
}

/** An operation as the demo's owner, where success is expected. @throws Refused */
export const tell = async <S extends v.GenericSchema>(
  host: Host,
  operation: string,
  input: unknown,
  schema: S,
): Promise<v.InferOutput<S>> => {
  const answer = await askManage(host, operation, input)
  if (!answer.ok) throw new Refused(operation, answer.error)
  return v.parse(schema, answer.data)
}

/** The same where the answer does not matter. */
export const order = async (host: Host, operation: string, input: unknown): Promise<void> => {
  await tell(host, operation, input, v.unknown())
}
