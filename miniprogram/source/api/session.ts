import type { Operations } from '../../../client/src/operations.ts'
import { call } from './call.ts'

export type Session = Operations['admins.me']['data']

let known: Promise<Session> | undefined

/** Who uses the mini program, asked once; a failure is not remembered. */
export function whoAmI(options: { readonly again?: boolean } = {}): Promise<Session> {
  if (!known || options.again === true) {
    const asked = call('admins.me')
    known = asked
    asked.catch(() => {
      if (known === asked) known = undefined
    })
  }
  return known
}

export const mayOperate = ({ role }: Session): boolean => role !== 'viewer'
