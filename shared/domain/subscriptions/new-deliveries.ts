import type { PushValue } from '../../wechat/messages.ts'
import { toIso, type EpochMs } from '../../time.ts'
import { newestFirst, type Platform } from '../platform.ts'
import type { NewDelivery } from '../stores/deliveries.ts'
import type { Match } from '../stores/subscriptions.ts'

export interface Message {
  /** Names this very happening. */
  readonly key: string
  readonly type: string
  readonly at: EpochMs
  /** When it came here; in this order it is sent. Default: `at`. */
  readonly cameAt?: EpochMs
  readonly appid: string | undefined
  readonly businessId: string | undefined
  readonly data: unknown
}

/** The same happening for the same subscription has the same id, whoever stores it and how often. */
export function makeDelivery(platform: Platform, subscriptionId: string, message: Message): NewDelivery {
  const { key, type, at, cameAt = at, appid, businessId, data } = message
  const deliveryId = messageId(platform, 'delivery', subscriptionId, key)
  const body = JSON.stringify({ id: deliveryId, type, timestamp: toIso(at), appid, businessId, data })
  return { deliveryId, subscriptionId, type, appid, body, createdAt: cameAt, ...nextPlaces(platform) }
}

export const messageId = (platform: Platform, ...parts: readonly string[]): string =>
  `msg_${platform.ids.hash(...parts).slice(0, 32)}`

let stored = 0

const MOST = 999_999_999_999

/** `order` sorts oldest first, `place` newest first. */
function nextPlaces(platform: Platform): Pick<NewDelivery, 'order' | 'place'> {
  stored += 1
  const [millisecond, random] = newestFirst(platform).split('-')
  return {
    order: String(stored).padStart(12, '0'),
    place: `${millisecond}-${String(MOST - stored).padStart(12, '0')}-${random}`,
  }
}

interface Event {
  readonly type: string
  readonly infoType?: PushValue | undefined
  readonly event?: PushValue | undefined
  readonly appid?: string | undefined
}

export const wants = (match: Match, { type, infoType, event, appid }: Event): boolean =>
  fits(match.type, type) && fits(match.infoType, infoType) && fits(match.event, event) && fits(match.appid, appid)

/** False where no push can ever have a type that fits. */
export function mayWantPushes({ type = '*' }: Match): boolean {
  const [first = ''] = type.split('*')
  return first.startsWith(PUSHES) || PUSHES.startsWith(first)
}

const PUSHES = 'wechat.'

const fits = (pattern: string | undefined, value: PushValue | undefined): boolean =>
  pattern === undefined || /^\*+$/.test(pattern) || (typeof value === 'string' && matchesPattern(pattern, value))

/** `*` stands for any text, the empty one too. Each part is looked for once, from left to right. */
function matchesPattern(pattern: string, value: string): boolean {
  const [first = '', ...others] = pattern.split('*')
  const last = others.pop()
  if (last === undefined) return pattern === value
  if (!value.startsWith(first)) return false
  let from = first.length
  for (const part of others) {
    const found = value.indexOf(part, from)
    if (found < 0) return false
    from = found + part.length
  }
  return value.length - last.length >= from && value.endsWith(last)
}
