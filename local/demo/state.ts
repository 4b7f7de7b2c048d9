import * as v from 'valibot'
import { toIso } from '../../shared/time.ts'
import { AUDIT_STATUS, latestAuditOf, liveOf, type Merchant } from '../wechat/merchants.ts'
import { nowOf } from '../wechat/state.ts'
import { usedIn } from '../wechat/usage.ts'
import { officeWork } from './actions/office.ts'
import { ticketsStopped } from './actions/tickets.ts'
import { isWechatDown, isWhitelistClosed } from './actions/wechat-trouble.ts'
import { askManage } from './answers.ts'
import type { Progress } from './history/seeding.ts'
import { underReview } from './pace.ts'
import type { World } from './world.ts'

const verdicts = {
  [AUDIT_STATUS.passed]: 'passed',
  [AUDIT_STATUS.rejected]: 'rejected',
  [AUDIT_STATUS.auditing]: 'auditing',
  [AUDIT_STATUS.withdrawn]: 'withdrawn',
  [AUDIT_STATUS.delayed]: 'delayed',
} as const

/** What can be done about a merchant now: names of actions. */
const possible = (merchant: Merchant): string[] => {
  const status = latestAuditOf(merchant)?.status
  const waits = status === AUDIT_STATUS.auditing || status === AUDIT_STATUS.delayed
  const { grant } = merchant
  return [
    'scan',
    ...(grant ? ['withdraw', 'expireToken', 'killRefreshToken'] : []),
    ...(grant?.funcInfo.includes(18) ? ['withholdDevelopment'] : []),
    ...(waits ? ['approve', 'reject', 'delay'] : []),
    ...officeWork(merchant),
  ]
}

const authorizersSchema = v.object({
  items: v.array(v.object({ appid: v.string(), status: v.picklist(['active', 'revoked', 'reauthorize']) })),
})

type Standing = v.InferOutput<typeof authorizersSchema>['items'][number]['status']

/** How the platform sees the accounts it knows, by appid. */
const readStandings = async ({ host }: World): Promise<ReadonlyMap<string, Standing>> => {
  const answer = await askManage(host, 'authorizers.list', { limit: 100 })
  if (!answer.ok) return new Map()
  return new Map(v.parse(authorizersSchema, answer.data).items.map(({ appid, status }) => [appid, status]))
}

const bindingsSchema = v.object({
  items: v.array(
    v.object({
      businessId: v.string(),
      status: v.string(),
      appid: v.optional(v.string()),
      attributes: v.record(v.string(), v.string()),
    }),
  ),
})

/** Whom the platform knows, by appid, and the businesses that were invited and have not come. */
const readBindings = async ({ host }: World) => {
  const answer = await askManage(host, 'bindings.list', { limit: 100 })
  const { items } = answer.ok ? v.parse(bindingsSchema, answer.data) : { items: [] }
  return {
    businesses: new Map(items.flatMap(({ appid, businessId }) => (appid === undefined ? [] : [[appid, businessId]]))),
    invited: items
      .filter(({ status }) => status === 'pending')
      .map(({ businessId, attributes }) => ({ businessId, shopName: attributes['shopName'] ?? '' })),
  }
}

const describeMerchant = (merchant: Merchant, businessId: string | undefined, standing: Standing | undefined) => {
  const audit = latestAuditOf(merchant)
  return {
    appid: merchant.appid,
    nickName: merchant.nickName,
    accountType: merchant.accountType === 'officialAccount' ? 'official' : 'miniprogram',
    authorized: merchant.grant !== undefined,
    can: possible(merchant),
    ...(businessId !== undefined && { businessId }),
    ...(standing && { standing }),
    ...(audit && { audit: { version: audit.version.version, verdict: verdicts[audit.status] } }),
    liveVersion: liveOf(merchant)?.version.version ?? null,
  }
}

/** What the drawer of the console shows: WeChat's side of the tour, and how far its history is told. */
export const describeState = async (world: World, seeding: Progress) => {
  const { wechat, business, pace } = world
  const { state } = wechat
  const [{ businesses, invited }, standings] = await Promise.all([readBindings(world), readStandings(world)])
  const merchants = [...state.merchants.values()]
  const last = state.tickets.at(-1)
  return {
    seeding,
    merchants: merchants.map((merchant) =>
      describeMerchant(merchant, businesses.get(merchant.appid), standings.get(merchant.appid)),
    ),
    invited,
    audits: underReview(world).flatMap((merchant) => {
      const audit = latestAuditOf(merchant)
      if (!audit) return []
      const { version, description } = audit.version
      return [
        {
          appid: merchant.appid,
          nickName: merchant.nickName,
          version,
          description,
          submittedAt: toIso(audit.submittedAt),
          delayed: audit.status === AUDIT_STATUS.delayed,
        },
      ]
    }),
    tickets: {
      running: state.settings.ticketsRunning && !ticketsStopped(world),
      lastAgeSeconds: last === undefined ? null : Math.floor((nowOf(state) - last.issuedAt) / 1000),
    },
    quota: { left: state.settings.auditQuota - usedIn(state, 'audits', 'month'), limit: state.settings.auditQuota },
    wechat: { down: isWechatDown(world), whitelistClosed: isWhitelistClosed(world) },
    business: { down: business.down, taken: business.taken, missed: business.missed },
    pace: pace.settings,
    pages: { wechat: `${wechat.url}/__wechat/`, auditor: `${wechat.url}/__wechat/auditor` },
  }
}
