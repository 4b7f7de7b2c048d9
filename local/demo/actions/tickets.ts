import { ageTickets } from '../time-travel.ts'
import type { World } from '../world.ts'
import { action, nothing, type Action, type Outcome } from './action.ts'
import { describeProblem, join } from './report.ts'

const OUTAGE = 'tickets'
/** The platform calls it a problem after 30. */
const MINUTES = 45

const stopTickets = action(nothing, async (world) => {
  const { wechat, outages, host, pace } = world
  await wechat.control.changeSettings({ ticketsRunning: false })
  // Else the platform's own request would set them going again at once.
  await outages.begin(OUTAGE, { path: '/cgi-bin/component/api_start_push_ticket', errcode: -1 })
  await ageTickets(host.database, MINUTES)
  await pace.runTimers()
  return join(
    {
      zh: `微信不再推送 ticket，已收到的都拨早了 ${MINUTES} 分钟`,
      en: `WeChat pushes no more tickets, and those received were set back by ${MINUTES} minutes`,
    },
    await describeProblem(world, 'TICKET_OVERDUE'),
  )
})

const resumeTickets = action(nothing, async (world) => {
  await world.outages.end(OUTAGE)
  await world.wechat.control.changeSettings({ ticketsRunning: true })
  return push(world)
})

const sendTicket = action(nothing, (world) => push(world))

const push = async (world: World): Promise<Outcome> => {
  const record = await world.wechat.control.pushTicket()
  await world.pace.runTimers()
  return join(
    { zh: `微信推送了一个 ticket（${record.state}）`, en: `WeChat pushed a ticket (${record.state})` },
    await describeProblem(world, 'TICKET_OVERDUE'),
  )
}

export const ticketActions: Readonly<Record<string, Action>> = { stopTickets, resumeTickets, sendTicket }

export const ticketsStopped = ({ outages }: World): boolean => outages.has(OUTAGE)
