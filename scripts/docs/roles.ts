import type { Operation } from '../../shared/domain/operation.ts'

export const roleOf = ({ role, getRole }: Operation): string =>
  getRole === undefined ? role : `${role} (\`get\`: ${getRole})`
