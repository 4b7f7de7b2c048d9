import { counted } from '../deploy/words.ts'
import { ok } from './finding.ts'
import type { Check } from './patient.ts'

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
