import { Failure } from '../../errors.ts'

/** Of one key or session, to one instance. */
export const CALLS_PER_MINUTE = 600

/** Whether this key or session may call at present; asked before anything is read. */
export type CallLimit = (id: string) => boolean

export const tooOften = (): Failure => new Failure('TOO_MANY_CALLS', { params: { perMinute: CALLS_PER_MINUTE } })
