import type { Action } from './action.ts'
import { machineryActions } from './machinery.ts'
import { merchantActions } from './merchant.ts'
import { officeActions } from './office.ts'
import { reviewerActions } from './reviewer.ts'
import { ticketActions } from './tickets.ts'
import { tokenActions } from './tokens.ts'
import { wechatTroubleActions } from './wechat-trouble.ts'

/** Name → what `POST /demo/actions/{name}` does. */
export const actions: ReadonlyMap<string, Action> = new Map(
  Object.entries({
    ...merchantActions,
    ...reviewerActions,
    ...officeActions,
    ...tokenActions,
    ...ticketActions,
    ...wechatTroubleActions,
    ...machineryActions,
  }),
)
