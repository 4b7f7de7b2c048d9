import { operationFunction } from '../../shared/entry/admin.ts'

/** Admins and servers: which merchant's account belongs to which business. */
export const main = operationFunction('bindAuthorizer', 'bindings')
