import { releaseOperations } from '../../shared/domain/operations/releases.ts'
import { operationFunction } from '../../shared/entry/admin.ts'

/** Admins and servers: review by WeChat. */
export const main = operationFunction(releaseOperations, 'releases.submit', {
  status: 'releases.status',
  withdraw: 'releases.withdraw',
  expedite: 'releases.expedite',
  quota: 'releases.quota',
  uploadMedia: 'releases.uploadMedia',
})
