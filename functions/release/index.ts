import { operationFunction } from '../../shared/entry/admin.ts'

/** Admins and servers: to the users, and back. */
export const main = operationFunction('release', 'releases')
