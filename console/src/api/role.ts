import { createContext, use } from 'react'
import type { OperationName } from '../../../client/src/client.ts'
import { roles, type Role } from '../text/roles.ts'
import type { DataOf } from './call.ts'
import type { Loaded } from './use-operation.ts'

declare global {
  /** The build puts them in, from the rows: the role of each operation that is not for all, and what it takes to only read by it. */
  const OPERATION_ROLES: Readonly<Record<Use, Readonly<Partial<Record<OperationName, Role>>>>>
}

type Use = 'acting' | 'reading'

/** What `admins.me` answers the visitor. A key that may not ask for its role is told a problem. */
export const RoleContext = createContext<Loaded<DataOf<'admins.me'>> | undefined>(undefined)

export const useRole = (): Loaded<DataOf<'admins.me'>> => {
  const role = use(RoleContext)
  if (!role) throw new Error('nobody is signed in')
  return role
}

/** Whether the visitor's role may do this, as far as one can see here; undefined: his role is not known yet. */
export function useAllowed(operation: OperationName, how: Use): boolean | undefined {
  const visitor = use(RoleContext)
  const needed = OPERATION_ROLES[how][operation]
  if (!needed || !visitor) return true
  if (visitor.data) return roles.indexOf(visitor.data.role) >= roles.indexOf(needed)
  return visitor.problem ? true : undefined
}

/** The role that this takes, where the visitor is known to have less. */
export const useMissingRole = (operation: OperationName): Role | undefined =>
  useAllowed(operation, 'acting') === false ? OPERATION_ROLES.acting[operation] : undefined
