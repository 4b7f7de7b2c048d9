import { toUnixSeconds } from '../../../shared/time.ts'
import type { Merchant } from '../../wechat/merchants.ts'
import { nowOf } from '../../wechat/state.ts'
import { action, merchantInput, nameOf, type Action, type Outcome } from './action.ts'

/* The reviewer of names, the filing office, and those who watch over what mini programs do. */

const REASON = '页面含诱导分享内容'
const DAY_SECONDS = 86_400
const RENEWAL_DAYS = 30

/** 2 WeChat looks at it, 4 the authority does. */
const onTheWay: readonly number[] = [2, 4]

/** What these people may do about a merchant now: names of actions. */
export const officeWork = ({ grant, accountType, nicknameAudits, life }: Merchant): string[] => {
  if (!grant || accountType !== 'miniProgram') return []
  const hasName = [...nicknameAudits.values()].some(({ stat }) => stat === 1)
  return [
    ...(hasName ? ['acceptName', 'refuseName'] : []),
    ...(onTheWay.includes(life.filing.status) ? ['acceptFiling'] : []),
    'refuseFiling',
    'announcePunishment',
    'punish',
    'askForRenewal',
  ]
}

const judgeName = (passed: boolean): Action =>
  action(merchantInput, async (world, { appid }): Promise<Outcome> => {
    const before = nameOf(world, appid)
    await world.wechat.control.reviewNickname({ appid, passed, ...(!passed && { reason: '名称与已有品牌相近' }) })
    return passed
      ? {
          zh: `「${before}」改名为「${nameOf(world, appid)}」，微信已推送结果。`,
          en: `${before} is called ${nameOf(world, appid)} now; WeChat pushed the result.`,
        }
      : {
          zh: `「${before}」的新名称未通过，微信已推送结果。`,
          en: `The new name of ${before} was refused; WeChat pushed the result.`,
        }
  })

const decideFiling = (status: 5 | 6): Action =>
  action(merchantInput, async (world, { appid }): Promise<Outcome> => {
    const remarks =
      status === 6 ? [] : [{ key_name: 'principal_name', error: '主体名称与证件不一致', suggest: '请按证件填写' }]
    await world.wechat.control.decideFiling({ appid, status, remarks })
    const name = nameOf(world, appid)
    return status === 6
      ? { zh: `「${name}」已备案，微信已推送结果。`, en: `${name} is filed; WeChat pushed the result.` }
      : {
          zh: `「${name}」的备案被管局驳回，微信已推送结果。`,
          en: `The authority refused the filing of ${name}; WeChat pushed the result.`,
        }
  })

const punishAs = (eventType: 1 | 2): Action =>
  action(merchantInput, async (world, { appid }): Promise<Outcome> => {
    await world.wechat.control.punish({ appid, eventType, reason: REASON })
    const name = nameOf(world, appid)
    return eventType === 1
      ? {
          zh: `微信要求「${name}」整改，已推送 wxa_punish_event。`,
          en: `WeChat wants ${name} to put something right; it pushed wxa_punish_event.`,
        }
      : {
          zh: `微信限制了「${name}」的功能，已推送 wxa_punish_event。`,
          en: `WeChat took functions from ${name}; it pushed wxa_punish_event.`,
        }
  })

const askForRenewal = action(merchantInput, async (world, { appid }): Promise<Outcome> => {
  const begin = toUnixSeconds(nowOf(world.wechat.state))
  await world.wechat.control.askForRenewal({ appid, period: { begin, end: begin + RENEWAL_DAYS * DAY_SECONDS } })
  const name = nameOf(world, appid)
  return {
    zh: `「${name}」的认证 ${RENEWAL_DAYS} 天后到期；平台下次读取这个商户时发现。`,
    en: `The verification of ${name} ends in ${RENEWAL_DAYS} days; the platform sees it when it next reads this merchant.`,
  }
})

export const officeActions: Readonly<Record<string, Action>> = {
  acceptName: judgeName(true),
  refuseName: judgeName(false),
  acceptFiling: decideFiling(6),
  refuseFiling: decideFiling(5),
  announcePunishment: punishAs(1),
  punish: punishAs(2),
  askForRenewal,
}
