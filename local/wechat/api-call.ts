import { setTimeout as pause } from 'node:timers/promises'
import type { CallRecord } from './calls.ts'
import { recordCall } from './calls.ts'
import { WechatRefusal, refuse, refuseUnless } from './errors.ts'
import { takeFault } from './faults.ts'
import type { FaultRule } from './faults.ts'
import { BinaryReply } from './operations/operation.ts'
import type { Operation, Reply, UploadedFile } from './operations/operation.ts'
import type { AccessToken, WechatState } from './state.ts'
import { nowOf } from './state.ts'
import { findToken } from './tokens.ts'
import { countUse, usedIn } from './usage.ts'

/** An API call as HTTP brought it. */
export interface Incoming {
  readonly method: string
  readonly path: string
  readonly query: Readonly<Record<string, string>>
  readonly body: string
  readonly files: ReadonlyMap<string, UploadedFile>
  readonly form: Readonly<Record<string, string>>
  readonly remoteAddress: string
}

/** What goes back: a reply, text of a fault rule, or a cut connection. */
export type Outgoing =
  | { readonly kind: 'reply'; readonly reply: Reply; readonly status: number }
  | { readonly kind: 'text'; readonly text: string; readonly status: number; readonly contentType: string }
  | { readonly kind: 'cut' }

const TOKEN_PARAMETERS = new Set(['access_token', 'component_access_token'])

/** `component_access_token` on /cgi-bin/component/* is the older spelling, at /sns/component/* the only one. */
const givenToken = ({ path, query }: Incoming, operation: Operation): string | undefined => {
  if (path.startsWith('/sns/component/')) return query['component_access_token']
  const older = operation.token === 'component' && path.startsWith('/cgi-bin/component/')
  return query['access_token'] ?? (older ? query['component_access_token'] : undefined)
}

const authenticate = (state: WechatState, operation: Operation, incoming: Incoming): AccessToken | undefined => {
  if (operation.token === 'none') return undefined
  const value = givenToken(incoming, operation)
  if (value === undefined || value === '') return refuse(incoming.path.startsWith('/sns/component/') ? 41021 : 41001)
  const token = findToken(state, value)
  if (operation.token === 'component') refuseUnless(token.appid === undefined, 61014)
  if (operation.token === 'authorizer') refuseUnless(token.appid !== undefined, 61015)
  return token
}

const checkSets = (state: WechatState, { sets, allSetsNeeded }: Operation, { appid = '' }: AccessToken): void => {
  const granted = state.merchants.get(appid)?.grant?.funcInfo ?? []
  const isThere = (id: number): boolean => granted.includes(id)
  const isEnough = sets.length === 0 || (allSetsNeeded ? sets.every(isThere) : sets.some(isThere))
  refuseUnless(isEnough, 61007, `needs set ${sets.join(allSetsNeeded ? ' and ' : ' or ')}`)
}

const countDaily = (state: WechatState, path: string, account: string): void => {
  const what = `calls ${path} ${account}`
  refuseUnless(usedIn(state, what, 'day') < (state.settings.dailyLimits[path] ?? Infinity), 45009)
  countUse(state, what, 'day')
}

const readBody = (operation: Operation, { body, query }: Incoming): unknown => {
  if (operation.method === 'GET') return query
  if (operation.multipart) return {}
  if (body === '' && operation.takesNoBody) return {}
  if (body === '') return operation.method === 'POST' ? refuse(44002) : query
  refuseUnless(!ESCAPED_TEXT.test(body), 47002)
  const parsed = parseJson(body)
  return parsed === undefined || typeof parsed !== 'object' || parsed === null ? refuse(47001) : parsed
}

/** `\uXXXX` for anything but a control character; WeChat stores such text as it stands, or refuses it. */
const ESCAPED_TEXT = /(?<!\\)(?:\\\\)*\\u(?!00[0-7])[0-9a-f]{4}/i

const parseJson = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** In WeChat's order: the caller, the method, the token, the permission set, the quota, the body. */
const perform = (state: WechatState, operation: Operation, incoming: Incoming): Reply => {
  const { ipWhitelist } = state.settings
  refuseUnless(ipWhitelist === undefined || ipWhitelist.includes(incoming.remoteAddress), 61004)
  if (operation.method !== 'GET or POST' && incoming.method !== operation.method) {
    return refuse(operation.method === 'GET' ? 43001 : 43002)
  }
  const token = authenticate(state, operation, incoming)
  if (token?.appid !== undefined) checkSets(state, operation, token)
  countDaily(state, incoming.path, token?.appid ?? state.settings.componentAppid)
  return operation.run(state, readBody(operation, incoming), {
    now: nowOf(state),
    query: incoming.query,
    files: incoming.files,
    form: incoming.form,
    merchant: token?.appid === undefined ? undefined : state.merchants.get(token.appid),
  })
}

const performOrRefuse = (
  state: WechatState,
  operation: Operation,
  incoming: Incoming,
): { reply: Reply; errcode: number; rid?: string } => {
  try {
    return { reply: perform(state, operation, incoming), errcode: 0 }
  } catch (error) {
    if (!(error instanceof WechatRefusal)) throw error
    return { reply: error.toReply(), errcode: error.errcode, rid: error.rid }
  }
}

const namedAccount = (body: unknown): string | undefined => {
  if (typeof body !== 'object' || body === null) return undefined
  if ('authorizer_appid' in body && typeof body.authorizer_appid === 'string') return body.authorizer_appid
  return 'appid' in body && typeof body.appid === 'string' ? body.appid : undefined
}

const accountOf = (state: WechatState, incoming: Incoming, body: unknown): string | undefined =>
  state.accessTokens.get(incoming.query['access_token'] ?? '')?.appid ?? namedAccount(body) ?? incoming.query['appid']

const answerOf = (fault: FaultRule | undefined, reply: Reply): Outgoing => {
  if (fault?.drop !== undefined) return { kind: 'cut' }
  if (fault?.errcode !== undefined) {
    return {
      kind: 'reply',
      reply: new WechatRefusal(fault.errcode, 'fault rule').toReply(),
      status: fault.status ?? 200,
    }
  }
  if (fault?.body !== undefined || fault?.status !== undefined) {
    const { body: text = '', status = 200, contentType = 'application/json' } = fault
    return { kind: 'text', text, status, contentType }
  }
  return { kind: 'reply', reply, status: 200 }
}

const isApplied = (fault: FaultRule | undefined): boolean => {
  if (fault === undefined) return true
  if (fault.drop !== undefined) return fault.drop === 'after'
  const replaced = fault.errcode !== undefined || fault.status !== undefined || fault.body !== undefined
  return !replaced || fault.apply === true
}

/** A caller that hangs up meanwhile does not stop the call; closing the server does cut the wait short. */
const waitFor = async (state: WechatState, ms: number): Promise<void> => {
  if (ms > 0) await pause(ms, undefined, { signal: state.closing.signal }).catch(() => {})
}

/** Runs one call through latency, fault rules and the operation, and writes it down. */
export const answerCall = async (state: WechatState, operation: Operation, incoming: Incoming): Promise<Outgoing> => {
  const started = performance.now()
  const at = nowOf(state)
  const body = operation.multipart ? undefined : parseJson(incoming.body)
  const appid = accountOf(state, incoming, body)
  const fault = takeFault(state, incoming.path, appid)
  const delay = state.settings.latencyMs + (fault?.delayMs ?? 0)
  await waitFor(state, delay)
  const applied = isApplied(fault)
  const outcome = applied ? performOrRefuse(state, operation, incoming) : undefined
  await waitFor(state, fault?.answerDelayMs ?? 0)
  const outgoing = answerOf(fault, outcome?.reply ?? {})
  const record: CallRecord = {
    at,
    method: incoming.method,
    path: incoming.path,
    query: Object.fromEntries(Object.entries(incoming.query).filter(([name]) => !TOKEN_PARAMETERS.has(name))),
    body: operation.multipart ? [...incoming.files.keys()] : (body ?? incoming.body),
    status: outgoing.kind === 'cut' ? 0 : outgoing.status,
    tookMs: Math.round(performance.now() - started),
    faulty: fault !== undefined,
    ...(appid === undefined ? {} : { appid }),
    ...(outcome === undefined ? {} : { errcode: outcome.errcode }),
    ...(outcome?.rid === undefined ? {} : { rid: outcome.rid }),
  }
  recordCall(state, record)
  return outgoing
}

export const isBinary = (reply: Reply): reply is BinaryReply => reply instanceof BinaryReply
