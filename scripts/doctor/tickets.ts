import { byName, orElse, reader, time } from '../../shared/domain/stores/forms.ts'
import { TICKET_OVERDUE_MS } from '../../shared/domain/problems/ticket-problem.ts'
import { ASK_EVERY_MS } from '../../shared/domain/queue/tickets.ts'
import { TICKET_LIFE_MS } from '../../shared/domain/tokens/component-token.ts'
import { isBehindWeiguanjia } from '../deploy/summary.ts'
import { counted } from '../deploy/words.ts'
import { ticketType } from '../../shared/cloudbase/push-store.ts'
import { ok, type Cause, type Finding } from './finding.ts'
import { minutes, timeIn, type Check, type Patient } from './patient.ts'

export const checkTicket: Check = async (patient) => {
  const { database, now } = patient
  const [newest] = await database.find('pushes', { type: ticketType }, { limit: 1, orderBy: [['createTime', 'desc']] })
  const receivedAt = timeIn(newest, 'receivedAt')
  const age = receivedAt === undefined ? undefined : now - receivedAt
  if (age !== undefined && age < TICKET_OVERDUE_MS)
    return [
      ok('ticket', `ticket 在 ${minutes(age)} 分钟前收到`, `a ticket came ${counted(minutes(age), 'minute')} ago`),
    ]
  return [{ ...describe(age), causes: await lookForCauses(patient) }]
}

const describe = (age: number | undefined): Finding => ({
  id: 'ticket',
  level: 'error',
  what:
    age === undefined
      ? { zh: '从未收到 ticket', en: 'no ticket has ever come' }
      : { zh: `已 ${minutes(age)} 分钟没有收到 ticket`, en: `no ticket for ${counted(minutes(age), 'minute')}` },
  why:
    age !== undefined && age < TICKET_LIFE_MS
      ? {
          zh: `还能用 ${minutes(TICKET_LIFE_MS - age)} 分钟，之后无法换取新的 component_access_token`,
          en: `the last one is good for ${counted(minutes(TICKET_LIFE_MS - age), 'minute')} more; then no new component token can be had`,
        }
      : {
          zh: '没有 12 小时内的 ticket 就无法换取 component_access_token，所有接口停止',
          en: 'without a ticket of the last 12 hours there is no component token, and every call fails',
        },
  click: {
    zh: '按上面逐项处理；在开放平台控制台重新保存开发资料或点击全网发布会立即推送一次',
    en: 'go through the list; saving 开发资料 once more, or pressing 全网发布, has WeChat push one at once',
  },
})

/** The causes one by one, in the order in which they are met. */
async function lookForCauses({ probes, database, now, cloud, baseUrl }: Patient): Promise<Cause[]> {
  const probe = probes.find(({ functionName }) => functionName === 'receiveTicket')
  const { turns } = reader({ turns: orElse(byName(time), {}) })((await database.get('platform', 'component')) ?? {})
  const nextTurn = turns['startPushTicket']
  const asked = nextTurn && nextTurn - ASK_EVERY_MS
  const variables = cloud ? await findWrongKeys(cloud) : undefined
  const { port, protocol } = new URL(baseUrl)
  return [
    {
      what: {
        zh: '第三方平台尚未通过审核：审核通过前不推送',
        en: "the platform's registration is not approved yet: before that nothing is pushed",
      },
      verdict: 'look',
    },
    {
      what:
        cloud && isBehindWeiguanjia(cloud.values.config)
          ? {
              zh: '微管家消息转发器应有规则 component_verify_ticket → 端口 8090，路径 /component（点“测试”应得 success）',
              en: 'the forwarder of 微管家 must have a rule component_verify_ticket → port 8090, path /component; 测试 answers success',
            }
          : {
              zh: `控制台的授权事件接收URL 应为 ${baseUrl}/wechat/component`,
              en: `授权事件接收URL in the console must be this address`,
            },
      verdict: 'look',
    },
    {
      what: {
        zh: `接收地址不可访问、证书链不完整或回应超过 5 秒${probe?.problem ? `：${probe.problem.zh}` : ''}`,
        en: `the address cannot be reached, its certificate chain is incomplete, or it takes more than 5 s${probe?.problem ? `: ${probe.problem.en}` : ''}`,
      },
      verdict: probe?.problem ? 'found' : 'excluded',
    },
    {
      what: { zh: '端口不是 80/443', en: 'the port is not 80 or 443' },
      verdict: port === '' ? 'excluded' : 'found',
    },
    {
      what: {
        zh: '只支持 http，或被防火墙拦截（放行 getcallbackip 的地址）',
        en: 'plain http, or a firewall that keeps out the addresses of getcallbackip',
      },
      verdict: protocol === 'https:' ? 'look' : 'found',
    },
    {
      what: {
        zh: '消息校验 Token 或消息加解密 Key 与控制台不一致：签名不符，回应 403，微信停止推送',
        en: 'COMPONENT_TOKEN or COMPONENT_AES_KEY differ from the console: signatures fail, WeChat gets 403 and stops pushing',
      },
      verdict: variables === undefined ? 'look' : variables ? 'found' : 'look',
    },
    {
      what:
        asked === undefined
          ? {
              zh: '平台尚未请求推送（processQueue 每小时一次 api_start_push_ticket）',
              en: 'the platform has not asked for a push yet (processQueue does, hourly)',
            }
          : {
              zh: `平台在 ${minutes(now - asked)} 分钟前请求过推送`,
              en: `the platform asked for a push ${counted(minutes(now - asked), 'minute')} ago`,
            },
      verdict: asked === undefined ? 'found' : 'excluded',
    },
  ]
}

/** Whether the deployed receiver has other keys than .env. */
async function findWrongKeys({ cloud, values }: NonNullable<Patient['cloud']>): Promise<boolean> {
  const live = await cloud.findFunction('receiveTicket')
  const names = ['COMPONENT_APPID', 'COMPONENT_TOKEN', 'COMPONENT_AES_KEY']
  return names.some((name) => live?.variables[name] !== values.templates[name])
}
