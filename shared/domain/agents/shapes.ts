import * as v from 'valibot'
import { time, words } from '../answers.ts'
import { told } from '../described-fields.ts'

export const confirmation = told(
  'Of the plan that this tool answered; only after the user has agreed',
  '所返回计划的 confirmation；须经用户同意',
  v.pipe(v.string(), v.minLength(1), v.maxLength(512)),
  'a1b2c3.1800000000000.…',
)

export const dryRun = told('Only say what would happen', '只说明会发生什么', v.boolean(), true)

/** What a destructive tool answers first. */
export const planShape = v.strictObject({
  plan: told('What would be done', '将执行的操作', v.looseObject({}), { operation: 'releases.release' }),
  confirmation: words('To be handed back', '确认后交回', 'a1b2c3.1800000000000.…'),
  expiresAt: time('Until when', '失效时间'),
  confirmationId: v.optional(words('What an admin approves first', '须先由管理员同意的计划编号', 'a1b2c3')),
  next: told('What to do next', '下一步', v.looseObject({}), { message: 'This is a plan; nothing was done' }),
})
