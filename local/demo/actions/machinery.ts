import { action, nothing, type Action, type Outcome } from './action.ts'

const runTimers = action(nothing, async ({ pace }): Promise<Outcome> => {
  const ran = await pace.runTimers()
  const counts = Object.entries(ran).filter(([, count]) => count > 0)
  const list = counts.map(([name, count]) => `${name} ${count}`).join(', ')
  return {
    zh: `定时器已运行：${list || '没有待办'}。`,
    en: `The timers ran: ${list || 'nothing to do'}.`,
  }
})

const AGAIN = 5

const pushAgain = action(nothing, async ({ wechat, host }): Promise<Outcome> => {
  const stored = (): number => host.database.dump()['pushes']?.length ?? 0
  const before = stored()
  const last = wechat.state.pushes.filter(({ state }) => state === 'delivered').slice(-AGAIN)
  await wechat.control.deliverPushes({ pushIds: last.map(({ pushId }) => pushId) })
  const more = stored() - before
  return {
    zh: `最近 ${last.length} 条推送又发了一遍（${last.map(({ kind }) => kind).join('、')}），事件列表多了 ${more} 条。`,
    en: `Pushes sent once more: ${last.length} (${last.map(({ kind }) => kind).join(', ')}); the list of events grew by ${more}.`,
  }
})

const takeBusinessDown = action(nothing, async ({ business }): Promise<Outcome> => {
  business.down = true
  return {
    zh: '业务服务器对每个事件都返回 503，事件会留着重试。',
    en: 'The business server answers 503 to every event; events are kept and retried.',
  }
})

const bringBusinessUp = action(nothing, async ({ business, pace }): Promise<Outcome> => {
  business.down = false
  const before = business.taken
  await pace.runTimers()
  return {
    zh: `业务服务器恢复，补收了 ${business.taken - before} 个事件。`,
    en: `The business server is back and took ${business.taken - before === 1 ? 'the event' : `${business.taken - before} events`} that waited.`,
  }
})

export const machineryActions: Readonly<Record<string, Action>> = {
  runTimers,
  pushAgain,
  takeBusinessDown,
  bringBusinessUp,
}
