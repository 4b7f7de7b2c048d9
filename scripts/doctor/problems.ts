import { createProblemStore } from '../../shared/cloudbase/problem-store.ts'
import type { Language } from '../../shared/words/language.ts'
import { counted } from '../deploy/words.ts'
import { tell } from '../../shared/words/tell.ts'
import { ok } from './finding.ts'
import { MINUTE_MS, timeIn, type Check } from './patient.ts'

/** What another check says better. */
const saidElsewhere = new Set(['TICKET_OVERDUE', 'ADDRESS_NOT_ALLOWED'])

/** What the platform itself has noted. */
export const checkProblems: Check = async ({ database }) => {
  const problems = await createProblemStore(database).newest(50)
  return problems
    .filter(({ code }) => !saidElsewhere.has(code))
    .map(({ code, appid = '', params, message = code, hint }) => {
      const told = (language: Language) => tell({ word: code, params }, language) ?? { message, hint }
      const [zh, en] = [told('zh'), told('en')]
      return {
        id: `problem.${code}`,
        level: 'warning' as const,
        what: { zh: `${zh.message} ${appid}`.trim(), en: `${en.message} ${appid}`.trim() },
        ...(zh.hint !== undefined && en.hint !== undefined && { click: { zh: zh.hint, en: en.hint } }),
      }
    })
}

/** WeChat's review quota is one for all merchants of the platform. */
export const checkQuota: Check = async ({ database }) => {
  const waiting = await database.count('rollouts', { state: 'waitingForQuota' })
  if (waiting === 0) return [ok('quota', '没有批次在等待额度', 'no rollout waits for quota')]
  return [
    {
      id: 'quota',
      level: 'warning',
      what: { zh: `${waiting} 个批次在等待提审额度`, en: `${counted(waiting, 'rollout')} waiting for review quota` },
      why: { zh: '提审额度由全部商户共用', en: 'all merchants share the quota of reviews' },
      click: {
        zh: 'releases.quota 查看余额；次月自动恢复，急用可在开放平台控制台申请临时额度',
        en: 'releases.quota shows what is left; it returns with the month, in urgent cases apply for a temporary quota in the open platform console',
      },
    },
  ]
}

const TOLD_AFTER_MS = 24 * 60 * MINUTE_MS

/** Pushes that stay unfinished for long point to a bug or an endless failure. */
export const checkBacklog: Check = async ({ database, now }) => {
  const [oldest] = await database.find('pushes', { state: 'new' }, { limit: 1, orderBy: [['receivedAt', 'asc']] })
  const since = timeIn(oldest, 'receivedAt')
  if (since === undefined || now - since < TOLD_AFTER_MS) return []
  return [
    {
      id: 'backlog',
      level: 'warning',
      what: { zh: '有超过一天未处理完的推送', en: 'a push has been unfinished for more than a day' },
      why: { zh: '对应的授权或审核结果可能没有生效', en: 'what it told may not have taken effect' },
      click: { zh: '查看 processQueue 日志', en: 'look into the log of processQueue' },
    },
  ]
}
