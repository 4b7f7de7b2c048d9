import { errcodeOf, Failure } from '../errors.ts'
import { after, HOUR, MINUTE, type EpochMs } from '../time.ts'
import { tokens } from '../wechat/endpoints/tokens.ts'
import type { Platform } from './platform.ts'
import type { Claim, Ticket } from './stores.ts'
import { retryDelay, saveTokens } from './token-saves.ts'
import { liveToken, type LiveToken, type TokenWish } from './tokens.ts'

/** WeChat accepts a ticket for so long after it was pushed. */
export const TICKET_LIFE_MS = 12 * HOUR

/** The sweep renews the component token this long before its end. */
export const COMPONENT_HEADSTART_MS = 15 * MINUTE

/** A refused ticket is tried again no sooner than this, unless a new one arrives. */
const REFUSED_TICKETS_MS = MINUTE

/** The platform's own token. */
export const componentToken = (platform: Platform, wish: TokenWish = {}): Promise<LiveToken> =>
  liveToken(platform, { kind: 'component' }, wish, renewComponentToken)

/** Asks WeChat for a component token under a claim that this ends. Undefined: the claim was lost on the way. */
async function renewComponentToken(platform: Platform, claim: Claim): Promise<LiveToken | undefined> {
  try {
    const reply = await withKeptTickets(platform, claim.now)
    return await saveTokens(platform, claim, {
      accessToken: reply.component_access_token,
      expiresInSeconds: reply.expires_in,
      headstartMs: COMPONENT_HEADSTART_MS,
    })
  } catch (error) {
    if (!(error instanceof Failure) || error.code === 'STORAGE_UNAVAILABLE') throw error
    await giveUp(platform, claim, error)
    throw error
  }
}

async function withKeptTickets(platform: Platform, now: EpochMs) {
  const { componentAppid, componentAppsecret } = platform.settings
  const tickets = (await platform.stores.pushes.newestTickets()).filter(
    (ticket) => now - ticket.receivedAt < TICKET_LIFE_MS,
  )
  let refusal: unknown
  for (const { ticket } of tickets) {
    try {
      return await platform.wechat.send(tokens.componentToken, {
        body: {
          component_appid: componentAppid,
          component_appsecret: componentAppsecret,
          component_verify_ticket: ticket,
        },
      })
    } catch (error) {
      if (!isTicketRefusal(error)) throw error
      refusal = error
    }
  }
  throw ticketMissing(tickets, refusal)
}

const isTicketRefusal = (error: unknown): boolean => [61005, 61006].includes(errcodeOf(error) ?? 0)

function ticketMissing(tickets: readonly Ticket[], refusal: unknown): Failure {
  return new Failure(
    'TICKET_MISSING',
    tickets.length === 0
      ? 'No component_verify_ticket under 12 hours old is stored'
      : 'WeChat accepts none of the stored tickets',
    {
      hint: 'WeChat pushes a ticket every 10 minutes. Check the address of 授权事件接收URL, the message token and the EncodingAESKey in the console, then run npm run doctor; pressing 全网发布 or api_start_push_ticket brings one at once.',
      cause: refusal,
      ...(refusal instanceof Failure && refusal.wechat && { wechat: refusal.wechat }),
    },
  )
}

async function giveUp(platform: Platform, claim: Claim, error: Failure): Promise<void> {
  const failures = claim.failures + 1
  const delay =
    error.code === 'TICKET_MISSING' ? (error.wechat ? REFUSED_TICKETS_MS : 0) : retryDelay(platform, error, failures)
  await platform.stores.tokens.giveUp(claim, {
    failures,
    dueAt: after(claim.now, Math.max(delay, MINUTE)),
    ...(delay > 0 && { retryAt: after(claim.now, delay) }),
    ...(error.wechat ? { refusal: { errcode: error.wechat.errcode, errmsg: error.wechat.errmsg } } : {}),
  })
  platform.log.warn('component token not renewed', { reason: error.code, errcode: error.wechat?.errcode, failures })
}
