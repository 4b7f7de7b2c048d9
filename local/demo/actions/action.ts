import * as v from 'valibot'
import type { Words } from '../history/seeding.ts'
import type { World } from '../world.ts'

/** What came of it, for people. */
export type Outcome = Words

/** A button of the tour. @throws ValiError where the input does not fit; Refused, WechatRefusal or DeadEnd where it cannot be done */
export type Action = (world: World, input: unknown) => Promise<Outcome>

export const action =
  <S extends v.GenericSchema>(schema: S, run: (world: World, input: v.InferOutput<S>) => Promise<Outcome>): Action =>
  async (world, input) =>
    run(world, v.parse(schema, input))

export const nothing = v.strictObject({})

const name = (longest: number) => v.pipe(v.string(), v.trim(), v.minLength(1), v.maxLength(longest))

export const fields = { appid: name(64), businessId: name(64), reason: name(500), short: name(64) } as const

export const merchantInput = v.strictObject({ appid: fields.appid })

/** For sentences; an appid that nobody has is left as it is. */
export const nameOf = ({ wechat }: World, appid: string): string => wechat.state.merchants.get(appid)?.nickName ?? appid
