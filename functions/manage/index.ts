import { operations } from '../../shared/domain/operations/all.ts'
import { dispatchFunction } from '../../shared/entry/admin.ts'

/** Admins and servers: every operation, as `{operation, input}`. */
export const main = dispatchFunction(operations)
