import { dispatchFunction } from '../../shared/entry/admin.ts'

/** Admins and servers: every operation, as `{operation, input}`. */
export const main = dispatchFunction()
