import { operationFunction } from '../../shared/entry/admin.ts'

/** Admins and servers: review by WeChat. */
export const main = operationFunction('submitAudit', 'releases')
