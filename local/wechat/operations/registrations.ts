/** Registering mini programs: a task, the person's confirmation, the account. */
import * as v from 'valibot'
import { DAY } from '../../../shared/time.ts'
import { refuse, refuseUnless } from '../errors.ts'
import type { WechatState } from '../state.ts'
import { nextNumber, nowOf } from '../state.ts'
import { ok, withAuthorizerToken, withComponentToken, type Context, type Reply } from './operation.ts'

/** A person has a day to confirm. */
const TASK_LIFE = DAY

export interface Registration {
  readonly taskid: string
  readonly kind: 'enterprise' | 'person' | 'trader' | 'trial' | 'upgrade'
  /** Who it is for: two running tasks for the same are one too many. */
  readonly subject: string
  readonly info: Readonly<Record<string, string | number>>
  readonly createdAt: number
  /** 0 created, 1 timed out, 11 failed, 12 done */
  status: number
}

const begin = (
  state: WechatState,
  kind: Registration['kind'],
  subject: string,
  info: Registration['info'],
): Registration => {
  const now = nowOf(state)
  const others = [...state.registrations.values()].filter((one) => one.kind === kind && one.subject === subject)
  refuseUnless(!others.some(({ status, createdAt }) => status === 0 && now < createdAt + TASK_LIFE), 89249)
  const taskid = `task${nextNumber(state)}`
  const registration: Registration = { taskid, kind, subject, info, createdAt: now, status: 0 }
  state.registrations.set(taskid, registration)
  return registration
}

const addressOf = (taskid: string): string => `https://open.weixin.qq.com/register/${taskid}`

const told = (state: WechatState, { taskid, createdAt, status }: Registration): Reply => {
  const isLate = status === 0 && nowOf(state) >= createdAt + TASK_LIFE
  return ok({ taskid, authorize_url: addressOf(taskid), status: isLate ? 1 : status })
}

const newVersion = v.literal(true)
const query = v.object({ taskid: v.string(), new_version: newVersion })

const enterprise = v.object({
  name: v.string(),
  code: v.pipe(v.string(), v.length(18)),
  component_phone: v.string(),
  new_version: newVersion,
})
const person = v.object({
  idname: v.string(),
  wxuser: v.string(),
  component_phone: v.optional(v.string(), ''),
  new_version: newVersion,
})
const trader = v.object({ openid: v.string(), component_phone: v.string(), new_version: newVersion })

/** 47001 where a body does not fit, as everywhere. */
const read = <S extends v.GenericSchema>(schema: S, input: unknown): v.InferOutput<S> => {
  const parsed = v.safeParse(schema, input)
  return parsed.success ? parsed.output : refuse(47001)
}

const byAction =
  (
    words: { readonly create: string; readonly query: string },
    create: (state: WechatState, input: unknown, context: Context) => Registration,
  ) =>
  (state: WechatState, input: unknown, context: Context): Reply => {
    const { action } = context.query
    if (action === words.create) return told(state, create(state, input, context))
    if (action !== words.query) return refuse(40097)
    const known = state.registrations.get(read(query, input).taskid)
    return known === undefined ? refuse(86328) : told(state, known)
  }

const usual = { create: 'create', query: 'query' }

export const registrationOperations = [
  withComponentToken(
    'POST',
    '/wxa/component/fastregisterenterpriseweapp',
    v.unknown(),
    byAction(usual, (state, input) => {
      const { name, code } = read(enterprise, input)
      return begin(state, 'enterprise', code, { name, code, code_type: 1 })
    }),
  ),
  withComponentToken(
    'POST',
    '/wxa/component/fastregisterpersonalweapp',
    v.unknown(),
    byAction(usual, (state, input) => {
      const { wxuser, idname } = read(person, input)
      return begin(state, 'person', wxuser, { wxuser, idname })
    }),
  ),
  withComponentToken(
    'POST',
    '/wxa/component/fastregistertransactionweapp',
    v.unknown(),
    byAction(usual, (state, input) => {
      const { openid } = read(trader, input)
      return begin(state, 'trader', openid, { openid })
    }),
  ),
  withComponentToken(
    'POST',
    '/wxa/component/fastregisterbetaweapp',
    v.object({ name: v.pipe(v.string(), v.minLength(4), v.maxLength(30)), openid: v.string() }),
    (state, { name, openid }) => {
      const { taskid } = begin(state, 'trial', `${openid} ${name}`, { unique_id: `trial${nextNumber(state)}`, name })
      const { info } = state.registrations.get(taskid) ?? refuse(86328)
      return ok({ unique_id: info['unique_id'], authorize_url: addressOf(taskid) })
    },
  ),
  withAuthorizerToken(
    'POST',
    '/wxa/component/fastnormalizebetaweapp',
    [81],
    v.unknown(),
    byAction({ create: 'createtask', query: 'query' }, (state, _input, { merchant }) =>
      begin(state, 'upgrade', merchant?.appid ?? '', {}),
    ),
  ),
]
