import * as v from 'valibot'
import { createDraft, addTemplate } from '../templates.ts'
import { resetCalls } from '../calls.ts'
import { consoleActs } from '../console-acts.ts'
import { faultRuleSchema } from '../faults.ts'
import { bringVersion, otherHandSteps } from '../other-hand.ts'
import { confirmAuthorization, grantAccess, issuePreAuthCode, withdrawGrant } from '../grants.ts'
import { createMerchant } from '../merchants.ts'
import { pushTicket } from '../operations/component-tokens.ts'
import { pushEvent, pushMessage, settleDeliveries, startDelivery } from '../pushes.ts'
import type { PushRecord } from '../pushes.ts'
import { runReleaseCheck } from '../release-check.ts'
import { decideAudit } from '../reviews.ts'
import { nextNumber, nowOf } from '../state.ts'
import type { WechatState } from '../state.ts'
import type { Settings } from '../settings.ts'
import { newOpenid } from '../identifiers.ts'
import { Doors } from './doors.ts'
import { appidInput, draftInput, ids, merchantInput, merchantOf, settingsInput, texts } from './inputs.ts'
import { merchantLifeActs } from './merchant-life.ts'
import { describeMerchant } from './merchant-view.ts'
import { createManyMerchants, grantQuietly } from './grants-without-push.ts'
import { breakRefreshToken, expireTokens, listSecrets, revokeTokens } from './token-faults.ts'
import { issueLoginCode, reviewCategory, reviewNickname, reviewPrivacyInterface } from './small-reviews.ts'

/** `component`, or the appid of an authorizer. */
const owner = v.object({ owner: v.string() })
const flat = v.union([v.string(), v.number()])
const nested = v.record(v.string(), flat)
const fields = v.record(v.string(), v.union([flat, nested, v.array(nested)]))

/** The side door: what people and WeChat's own staff would do, and what tests need to see. */
export const createControl = (state: WechatState, onSettings: (settings: Settings) => void) => {
  const doors = new Doors()
  const settled = async <T extends { push?: PushRecord | undefined }>(outcome: T): Promise<T> => {
    await settleDeliveries(state)
    return outcome
  }

  const control = {
    /** Pushes a new ticket and waits for the answer. */
    pushTicket: doors.openPlain('pushTicket', async () => (await settled({ push: pushTicket(state) })).push),
    /** An event of any kind on the event URL; `fields` may set CreateTime. */
    pushEvent: doors.open(
      'pushEvent',
      v.object({ infoType: v.string(), fields: v.optional(fields, {}) }),
      async (input) => (await settled({ push: pushEvent(state, input.infoType, input.fields) })).push,
    ),
    /** A message or event of one authorizer on the message URL. */
    pushMessage: doors.open(
      'pushMessage',
      v.object({ appid: v.string(), openid: v.optional(v.string()), fields }),
      async (input) => {
        const push = pushMessage(state, merchantOf(state, input.appid), input.openid ?? newOpenid(), input.fields)
        return (await settled({ push })).push
      },
    ),
    /** Sends pushes again, or those that were held, in the order given. */
    deliverPushes: doors.open('deliverPushes', v.object({ pushIds: ids }), async ({ pushIds }) => {
      const chosen = pushIds.flatMap((pushId) => state.pushes.filter((push) => push.pushId === pushId))
      for (const push of chosen) {
        startDelivery(state, push)
        await settleDeliveries(state)
      }
      return chosen
    }),
    pushes: doors.openPlain('pushes', () => [...state.pushes]),
    /** Resolves when no push is under way. */
    settle: doors.openPlain('settle', () => settleDeliveries(state)),

    createMerchant: doors.open('createMerchant', merchantInput, (input) =>
      describeMerchant(createMerchant(state, input)),
    ),
    /** Many at once for load tests; with `granted` they have authorized before, quietly, and hold a refresh token. */
    createMerchants: doors.open(
      'createMerchants',
      v.object({ count: v.number(), granted: v.optional(v.boolean(), false) }),
      (input) => createManyMerchants(state, input.count, input.granted),
    ),
    merchants: doors.openPlain('merchants', () => [...state.merchants.values()].map(describeMerchant)),
    merchant: doors.open('merchant', appidInput, ({ appid }) => describeMerchant(merchantOf(state, appid))),
    createDraft: doors.open('createDraft', draftInput, (input) => createDraft(state, withoutUndefined(input))),
    createTemplate: doors.open(
      'createTemplate',
      v.strictObject({ ...draftInput.entries, templateType: v.optional(v.picklist([0, 1]), 0) }),
      ({ templateType, ...draft }) => addTemplate(state, createDraft(state, withoutUndefined(draft)), templateType),
    ),

    /** A pre-auth code without calling the API. */
    createPreAuthCode: doors.openPlain('createPreAuthCode', () => issuePreAuthCode(state)),
    /** What the scan page does. Without `redirectUri` (or with `redirect: false`) the browser never comes back. */
    authorize: doors.open(
      'authorize',
      v.strictObject({
        preAuthCode: v.string(),
        appid: v.string(),
        funcInfo: v.optional(ids),
        redirectUri: v.optional(v.string()),
        redirect: v.optional(v.boolean(), true),
        /** Waits until the push is answered. */
        wait: v.optional(v.boolean(), true),
      }),
      async ({ redirect, wait, redirectUri, ...input }) => {
        const outcome = confirmAuthorization(state, { ...input, ...(redirect ? { redirectUri } : {}) })
        return wait ? settled(outcome) : outcome
      },
    ),
    /** The merchant takes the authorization back. */
    unauthorize: doors.open('unauthorize', appidInput, ({ appid }) =>
      settled({ push: withdrawGrant(state, merchantOf(state, appid)) }),
    ),
    /** The merchant ticks other sets on mp.weixin.qq.com. */
    updateAuthorization: doors.open(
      'updateAuthorization',
      v.object({ appid: v.string(), funcInfo: ids, preAuthCode: v.optional(v.string()) }),
      ({ appid, funcInfo, preAuthCode }) =>
        settled(grantAccess(state, merchantOf(state, appid), funcInfo, preAuthCode)),
    ),
    /** Authorized without a push, as if before this platform kept books. `exchanged`: a refresh token exists. */
    grantQuietly: doors.open(
      'grantQuietly',
      v.object({ appid: v.string(), funcInfo: v.optional(ids), exchanged: v.optional(v.boolean(), true) }),
      ({ appid, funcInfo, exchanged }) => grantQuietly(state, merchantOf(state, appid), funcInfo, exchanged),
    ),
    /** WeChat closes, bans, warns or freezes the account; nothing is pushed. */
    setAccountStatus: doors.open(
      'setAccountStatus',
      v.object({ appid: v.string(), status: v.number() }),
      ({ appid, status }) => {
        merchantOf(state, appid).accountStatus = status
      },
    ),
    /** The merchant withdraws and no push tells. */
    unauthorizeQuietly: doors.open('unauthorizeQuietly', appidInput, ({ appid }) => {
      const { holdPushes } = state.settings
      state.settings = { ...state.settings, holdPushes: true }
      withdrawGrant(state, merchantOf(state, appid))
      state.settings = { ...state.settings, holdPushes }
    }),

    passAudit: doors.open('passAudit', appidInput, ({ appid }) =>
      settled(decideAudit(state, merchantOf(state, appid), { result: 'pass' })),
    ),
    rejectAudit: doors.open(
      'rejectAudit',
      v.object({ appid: v.string(), reason: v.string(), screenshots: v.optional(texts) }),
      ({ appid, reason, screenshots }) =>
        settled(decideAudit(state, merchantOf(state, appid), { result: 'reject', reason, screenshots })),
    ),
    delayAudit: doors.open(
      'delayAudit',
      v.object({ appid: v.string(), reason: v.optional(v.string(), '审核量较大，审核时间可能延长') }),
      ({ appid, reason }) => settled(decideAudit(state, merchantOf(state, appid), { result: 'delay', reason })),
    ),
    /** By another hand than the platform's. */
    actInConsole: doors.open(
      'actInConsole',
      v.object({
        appid: v.string(),
        act: v.picklist(['publish', 'withdrawAudit', 'startGray', 'pauseGray', 'cancelGray', 'finishGray', 'rollBack']),
      }),
      ({ appid, act }) => consoleActs[act](merchantOf(state, appid), nowOf(state)),
    ),
    /** By another program of this platform. */
    bringVersion: doors.open(
      'bringVersion',
      v.object({
        appid: v.string(),
        version: v.string(),
        description: v.optional(v.string(), '别处的版本'),
        to: v.optional(v.picklist(otherHandSteps), 'released'),
        reason: v.optional(v.string(), '类目与服务不符'),
      }),
      ({ appid, ...rest }) => settled(bringVersion(state, merchantOf(state, appid), rest)),
    ),
    /** Ends the privacy scan of the trial version now. */
    finishScan: doors.open('finishScan', appidInput, ({ appid }) => {
      const { trial } = merchantOf(state, appid)
      if (trial !== undefined) trial.scanEndsAt = nowOf(state)
    }),
    reviewPrivacyInterface: doors.open(
      'reviewPrivacyInterface',
      v.object({ appid: v.string(), apiName: v.string(), granted: v.boolean(), reason: v.optional(v.string(), '') }),
      (input) => settled(reviewPrivacyInterface(state, merchantOf(state, input.appid), input)),
    ),
    reviewNickname: doors.open(
      'reviewNickname',
      v.object({ appid: v.string(), passed: v.boolean(), reason: v.optional(v.string(), '') }),
      (input) => settled(reviewNickname(state, merchantOf(state, input.appid), input)),
    ),
    reviewCategory: doors.open(
      'reviewCategory',
      v.object({
        appid: v.string(),
        first: v.number(),
        second: v.number(),
        passed: v.boolean(),
        reason: v.optional(v.string(), ''),
      }),
      (input) => settled(reviewCategory(state, merchantOf(state, input.appid), input)),
    ),
    ...merchantLifeActs(doors, state, settled),
    /** What `wx.login` would hand out. */
    issueLoginCode: doors.open(
      'issueLoginCode',
      v.object({ appid: v.string(), openid: v.optional(v.string()) }),
      (input) => issueLoginCode(state, input.appid, input.openid),
    ),
    customerMessages: doors.openPlain('customerMessages', () => [...state.customerMessages]),

    /** All calls in order; bodies as they came, tokens of the query left out. */
    calls: doors.openPlain('calls', () => [...state.calls]),
    callCounts: doors.openPlain('callCounts', () => Object.fromEntries(state.callCounts)),
    resetCalls: doors.openPlain('resetCalls', () => resetCalls(state)),
    addFault: doors.open('addFault', faultRuleSchema, (rule) => {
      const fault = { ...rule, faultId: nextNumber(state), seen: 0, hits: 0 }
      state.faults.push(fault)
      return fault
    }),
    faults: doors.openPlain('faults', () => [...state.faults]),
    removeFault: doors.open('removeFault', v.object({ faultId: v.number() }), ({ faultId }) => {
      const place = state.faults.findIndex((fault) => fault.faultId === faultId)
      if (place >= 0) state.faults.splice(place, 1)
    }),
    clearFaults: doors.openPlain('clearFaults', () => {
      state.faults.length = 0
    }),

    changeSettings: doors.open('changeSettings', settingsInput, (changes) => {
      state.settings = { ...state.settings, ...withoutUndefined(changes) }
      onSettings(state.settings)
    }),
    /** 40001 from now on, for all tokens of this owner. */
    revokeToken: doors.open('revokeToken', owner, (input) => revokeTokens(state, input.owner)),
    /** 42001 from now on. */
    expireToken: doors.open('expireToken', owner, (input) => expireTokens(state, input.owner)),
    /** 61023 for every refresh token handed out; what WeChat's list shows afterwards is `listed`. */
    killRefreshToken: doors.open(
      'killRefreshToken',
      v.object({ appid: v.string(), listed: v.optional(v.picklist(['fresh', 'dead', 'empty']), 'dead') }),
      ({ appid, listed }) => breakRefreshToken(state, merchantOf(state, appid), listed),
    ),
    advanceTime: doors.open('advanceTime', v.object({ seconds: v.number() }), ({ seconds }) => {
      state.clockOffsetMs += seconds * 1000
      return { now: nowOf(state) }
    }),
    /** Everything issued that must never show up in a log or a dump. */
    issuedSecrets: doors.openPlain('issuedSecrets', () => listSecrets(state)),
    /** Plays the robot of 全网发布检测 against the configured URLs. */
    runReleaseCheck: doors.openPlain('runReleaseCheck', () => runReleaseCheck(state)),
  }
  return { control, doors }
}

export type WechatControl = ReturnType<typeof createControl>['control']

type Present<T> = { [K in keyof T]?: Exclude<T[K], undefined> }

/** Under exactOptionalPropertyTypes a missing member and an undefined one differ. */
function withoutUndefined<T extends object>(given: T): Present<T>
function withoutUndefined(given: object): object {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
}
