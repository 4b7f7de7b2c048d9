/** A line of 消息转发器: what it is about, and where in the container it goes. */
export type ForwardingRule = ({ readonly infoType: string } | { readonly msgType: string; readonly event: string }) & {
  readonly port: number
  /** May hold `$APPID$`. */
  readonly path: string
}

/** What a push says of itself. */
export type PushKind =
  | { readonly target: 'component'; readonly infoType: string }
  | { readonly target: 'biz'; readonly appid: string; readonly msgType: string; readonly event: string }

const keyOf = (kind: { readonly infoType: string } | { readonly msgType: string; readonly event: string }): string =>
  'infoType' in kind ? kind.infoType : `${kind.msgType} ${kind.event}`

/** Rules as they are kept, and as a running server knows them: it reads them again after a while only. */
export function openRules({ cacheMs, now }: { readonly cacheMs: number; readonly now: () => number }) {
  const kept = new Map<string, ForwardingRule>()
  let known: ReadonlyMap<string, ForwardingRule> = new Map()
  let readAt = Number.NEGATIVE_INFINITY
  return {
    all: (): readonly ForwardingRule[] => [...kept.values()],
    put: (rule: ForwardingRule): void => void kept.set(keyOf(rule), rule),
    remove: (rule: ForwardingRule): void => void kept.delete(keyOf(rule)),
    /** Compared exactly; of two about the same there is one. */
    find(kind: PushKind): ForwardingRule | undefined {
      if (now() - readAt >= cacheMs) {
        known = new Map(kept)
        readAt = now()
      }
      return known.get(keyOf(kind))
    },
  }
}

export type Rules = ReturnType<typeof openRules>

const RELAY_PORT = 8090
const component = ['component_verify_ticket', 'authorized', 'updateauthorized', 'unauthorized']
const audits = ['weapp_audit_success', 'weapp_audit_fail', 'weapp_audit_delay']

/** Those that docs/relay.md has people enter. */
export const rulesForRelay = (relayPort = RELAY_PORT): readonly ForwardingRule[] => [
  ...component.map((infoType) => ({ infoType, port: relayPort, path: '/component' })),
  ...audits.map((event) => ({ msgType: 'event', event, port: relayPort, path: '/biz/$APPID$' })),
]
