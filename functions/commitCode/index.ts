import { operationFunction } from '../../shared/entry/admin.ts'

/** Admins and servers: from draft to trial version. */
export const main = operationFunction('commitCode', 'releases', 'templates')
