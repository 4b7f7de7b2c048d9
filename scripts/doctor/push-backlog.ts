import { MINUTE_MS, timeIn, type Check } from './patient.ts'

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
