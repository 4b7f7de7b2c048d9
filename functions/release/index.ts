import { releaseOperations } from '../../shared/domain/operations/releases.ts'
import { operationFunction } from '../../shared/entry/admin.ts'

/** Admins and servers: to the users, and back. */
export const main = operationFunction(releaseOperations, 'releases.release', {
  rollback: 'releases.rollback',
  history: 'releases.history',
  startGray: 'releases.startGray',
  getGray: 'releases.getGray',
  cancelGray: 'releases.cancelGray',
})
