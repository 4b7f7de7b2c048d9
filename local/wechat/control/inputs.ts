import * as v from 'valibot'
import { WechatRefusal } from '../errors.ts'
import { accountTypes, type Merchant } from '../merchants.ts'
import type { WechatState } from '../state.ts'

export const ids = v.array(v.number())
export const texts = v.array(v.string())

/** `{appid}`, or the appid alone. */
export const appidInput = v.union([
  v.object({ appid: v.string() }),
  v.pipe(
    v.string(),
    v.transform((appid) => ({ appid })),
  ),
])

export const merchantInput = v.strictObject({
  appid: v.optional(v.string()),
  userName: v.optional(v.string()),
  nickName: v.optional(v.string()),
  accountType: v.optional(v.picklist(accountTypes)),
  principalName: v.optional(v.string()),
  principalType: v.optional(v.picklist([0, 1])),
  createdByApi: v.optional(v.boolean()),
  overseas: v.optional(v.boolean()),
  signature: v.optional(v.string()),
  funcInfo: v.optional(ids),
  categories: v.optional(
    v.array(v.object({ first: v.number(), second: v.number(), firstName: v.string(), secondName: v.string() })),
  ),
  grantedApis: v.optional(texts),
})

export const draftInput = v.strictObject({
  userVersion: v.optional(v.string()),
  userDesc: v.optional(v.string()),
  sourceAppid: v.optional(v.string()),
  sourceName: v.optional(v.string()),
  developer: v.optional(v.string()),
  pages: v.optional(texts),
  subPackages: v.optional(v.record(v.string(), texts)),
  privacyKeys: v.optional(texts),
  privateApis: v.optional(texts),
  requiredPrivateInfos: v.optional(texts),
  navigatesTo: v.optional(texts),
  flaw: v.optional(v.picklist(['broken', 'tooLarge'])),
})

export const settingsInput = v.partial(
  v.strictObject({
    componentAppsecret: v.string(),
    token: v.string(),
    encodingAesKey: v.string(),
    eventUrl: v.string(),
    messageUrl: v.string(),
    plainPushes: v.boolean(),
    entryDomain: v.string(),
    ticketEverySeconds: v.number(),
    ticketsRunning: v.boolean(),
    codeScanSeconds: v.number(),
    latencyMs: v.number(),
    refreshTokens: v.picklist(['stay', 'rotateWithGrace', 'rotateAtOnce']),
    codes: v.picklist(['oneShot', 'reusable']),
    samePushCode: v.boolean(),
    accessTokenSeconds: v.number(),
    graceSeconds: v.number(),
    preAuthCodeSeconds: v.number(),
    authCodeSeconds: v.number(),
    pushCodeSeconds: v.number(),
    ticketSeconds: v.number(),
    holdPushes: v.boolean(),
    pushTimeoutMs: v.number(),
    pushRetries: v.number(),
    pushRetryDelayMs: v.number(),
    ipWhitelist: texts,
    published: v.boolean(),
    auditQuota: v.number(),
    speedupQuota: v.number(),
    withdrawalsPerDay: v.number(),
    withdrawalsPerMonth: v.number(),
    templateLimit: v.number(),
    domainChangesPerMonth: v.number(),
    quotaClearsPerMonth: v.number(),
    testerLimit: v.number(),
    unknownWechatIds: texts,
    hostsWithoutIcp: texts,
    hostsWithoutConfirmFile: texts,
    dailyLimits: v.record(v.string(), v.number()),
    callbackReached: v.boolean(),
    crowd: v.strictObject({
      users: v.number(),
      errorRate: v.number(),
      errorRates: v.optional(v.record(v.string(), v.number())),
      lateHours: v.optional(v.number()),
      emptyAnswers: v.optional(v.number()),
      seed: v.optional(v.number()),
    }),
  }),
)

export const merchantOf = (state: WechatState, appid: string): Merchant => {
  const merchant = state.merchants.get(appid)
  if (merchant === undefined) throw new WechatRefusal(40013, `no merchant ${appid}`)
  return merchant
}
