import { errcodeOf, Failure } from '../../errors.ts'
import { after, HOUR, MINUTE, type EpochMs } from '../../time.ts'
import { tokens } from '../../wechat/endpoints/tokens.ts'
import type { Platform } from '../platform.ts'
import type { Ticket } from '../stores/pushes.ts'
import type { Claim, TokenState } from '../stores/tokens.ts'
import { noteRecovery, noteRefusedAddress, noteRepeatedFailure, retryDelay, ticketMissing } from './token-failures.ts'
import { saveTokens } from './token-saves.ts'
import { liveToken, type LiveToken, type Renewal, type TokenInput } from './tokens.ts'

/** WeChat accepts a ticket for so long after it was pushed. */
export const TICKET_LIFE_MS = 12 * HOUR

/** The sweep renews the component token this long before its end. */
export const COMPONENT_HEADSTART_MS = 15 * MINUTE

/** The platform's own token. */
export const componentToken = (
  platform: Platform,
  input: TokenInput = {},
  renewal: Renewal = componentRenewal,
): Promise<LiveToken> => liveToken(platform, { kind: 'component' }, input, renewal)

export const componentRenewal: Renewal = {
  renew: renewComponentToken,
  /** A ticket that came since is worth an attempt at once. */
  async isWorthRetrying(platform: Platform, { failedFor, triedTicket }: TokenState) {
    if (failedFor !== 'TICKET_MISSING') return false
    const [newest] = await platform.stores.pushes.newestTickets()
    return newest !== undefined && newest.id !== triedTicket
  },
}

async function renewComponentToken(platform: Platform, claim: Claim): Promise<LiveToken | undefined> {
  const tickets = await platform.stores.pushes.newestTickets()
  try {
    const reply = await askWithTickets(platform, tickets, claim.now)
    const live = await saveTokens(platform, claim, {
      accessToken: reply.component_access_token,
      expiresInSeconds: reply.expires_in,
      headstartMs: COMPONENT_HEADSTART_MS,
    })
    if (live) await noteRecovery(platform, claim)
    return live
  } catch (error) {
    if (!(error instanceof Failure)) throw error
    await giveUp(platform, claim, { error, triedTicket: tickets[0]?.id })
    throw error
  }
}

async function askWithTickets(platform: Platform, tickets: readonly Ticket[], now: EpochMs) {
  const { componentAppid, componentAppsecret } = platform.settings
  const young = tickets.filter((ticket) => now - ticket.receivedAt < TICKET_LIFE_MS)
  let refusal: Failure | undefined
  for (const { ticket } of young) {
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
  throw ticketMissing(refusal)
}

const isTicketRefusal = (error: unknown): error is Failure => [61005, 61006].includes(errcodeOf(error) ?? 0)

interface Attempt {
  readonly error: Failure
  readonly triedTicket: string | undefined
}

async function giveUp(platform: Platform, claim: Claim, { error, triedTicket }: Attempt): Promise<void> {
  if (error.paused || error.code === 'STORAGE_UNAVAILABLE') return platform.stores.tokens.release(claim)
  const failures = claim.failures + 1
  const errcode = error.wechat?.errcode
  const delay = retryDelay(platform, error, failures)
  await platform.stores.tokens.giveUp(claim, {
    failures,
    failedFor: error.code,
    dueAt: after(claim.now, Math.max(delay, MINUTE)),
    retryAt: after(claim.now, delay),
    unresolved: claim.unresolved || error.outcomeUnknown,
    ...(triedTicket !== undefined && { triedTicket }),
    ...(error.wechat && { refusal: { errcode: error.wechat.errcode, errmsg: error.wechat.errmsg } }),
  })
  platform.log.warn('component token not renewed', { reason: error.code, errcode, failures })
  await noteRefusedAddress(platform, error)
  await noteRepeatedFailure(platform, claim, error)
}
