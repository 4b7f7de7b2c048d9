/** Reference 9.3: people who may open the trial version. */
import * as v from 'valibot'
import { refuse, refuseUnless } from '../errors.ts'
import { newUserStr } from '../identifiers.ts'
import { ok, withAuthorizerToken } from './operation.ts'

const CODE = [18]
/** WeChat's own rule for ids. */
const WECHAT_ID = /^[A-Za-z][-_A-Za-z0-9]{5,19}$/
const MINI_PROGRAMS_PER_USER = 50

export const testerOperations = [
  withAuthorizerToken(
    'POST',
    '/wxa/bind_tester',
    CODE,
    v.object({ wechatid: v.string() }),
    (state, { wechatid }, { merchant }) => {
      refuseUnless(WECHAT_ID.test(wechatid) && !state.settings.unknownWechatIds.includes(wechatid), 85001)
      const isTester = (ids: Iterable<string>): boolean => [...ids].includes(wechatid)
      refuseUnless(!isTester(merchant.testers.values()), 85004)
      refuseUnless(merchant.testers.size < state.settings.testerLimit, 85002)
      const elsewhere = [...state.merchants.values()].filter(({ testers }) => isTester(testers.values()))
      refuseUnless(elsewhere.length < MINI_PROGRAMS_PER_USER, 85003)
      const userstr = newUserStr()
      merchant.testers.set(userstr, wechatid)
      return ok({ userstr })
    },
  ),

  withAuthorizerToken(
    'POST',
    '/wxa/unbind_tester',
    CODE,
    v.object({ wechatid: v.optional(v.string(), ''), userstr: v.optional(v.string(), '') }),
    (_state, input, { merchant }) => {
      refuseUnless(input.wechatid !== '' || input.userstr !== '', 89033)
      const found = [...merchant.testers].find(
        ([userstr, wechatid]) => userstr === input.userstr || wechatid === input.wechatid,
      )
      if (found === undefined) return refuse(input.userstr === '' ? 85001 : 89034)
      merchant.testers.delete(found[0])
      return ok()
    },
  ),

  withAuthorizerToken(
    'POST',
    '/wxa/memberauth',
    CODE,
    v.object({ action: v.string() }),
    (_state, input, { merchant }) => {
      refuseUnless(input.action === 'get_experiencer', 85022)
      return ok({ members: [...merchant.testers.keys()].map((userstr) => ({ userstr })) })
    },
  ),
]
