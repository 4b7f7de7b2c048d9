import * as v from 'valibot'

const words = v.object({ zh: v.string(), en: v.string() })

const merchant = v.object({
  appid: v.string(),
  nickName: v.string(),
  accountType: v.string(),
  authorized: v.boolean(),
  can: v.array(v.string()),
  businessId: v.optional(v.string()),
  /** How the platform sees it. */
  standing: v.optional(v.string()),
})

const audit = v.object({
  appid: v.string(),
  nickName: v.string(),
  version: v.string(),
  description: v.string(),
  delayed: v.boolean(),
})

const stateSchema = v.object({
  seeding: v.object({
    state: v.picklist(['running', 'ready', 'failed']),
    done: v.number(),
    total: v.number(),
    chapter: v.optional(words),
    problem: v.optional(v.string()),
  }),
  merchants: v.array(merchant),
  /** Businesses with an open invitation. */
  invited: v.array(v.object({ businessId: v.string(), shopName: v.string() })),
  audits: v.array(audit),
  tickets: v.object({ running: v.boolean() }),
  quota: v.object({ left: v.number() }),
  wechat: v.object({ down: v.boolean(), whitelistClosed: v.boolean() }),
  business: v.object({ down: v.boolean() }),
  pace: v.object({
    verdictSeconds: v.nullable(v.number()),
    rejectEvery: v.number(),
    timerSeconds: v.nullable(v.number()),
  }),
  pages: v.object({ wechat: v.string(), auditor: v.string() }),
})

export type DemoState = v.InferOutput<typeof stateSchema>
export type DemoMerchant = v.InferOutput<typeof merchant>
export type DemoAudit = v.InferOutput<typeof audit>
export type Words = v.InferOutput<typeof words>

const outcomeSchema = v.union([
  v.object({ ok: v.literal(true), outcome: words }),
  v.object({
    ok: v.literal(false),
    error: v.object({
      code: v.string(),
      reason: v.optional(v.string()),
      params: v.optional(v.record(v.string(), v.union([v.string(), v.number(), v.boolean(), v.array(v.string())]))),
      field: v.optional(v.string()),
      message: v.string(),
      hint: v.optional(v.string()),
    }),
  }),
])

/** What a button came to. */
export type DemoResult = v.InferOutput<typeof outcomeSchema>

export const readState = async (baseUrl: string): Promise<DemoState> =>
  v.parse(stateSchema, await (await fetch(`${baseUrl}/demo/state`, { cache: 'no-store' })).json())

const STARTING_MS = 60_000

/** Everything begins anew; resolves when the new platform answers. */
export async function beginAnew(baseUrl: string): Promise<void> {
  await fetch(`${baseUrl}/demo/reset`, { method: 'POST' })
  const until = Date.now() + STARTING_MS
  do await new Promise((wait) => setTimeout(wait, 500))
  while (Date.now() < until && !(await isUp(baseUrl)))
}

const isUp = (baseUrl: string): Promise<boolean> =>
  fetch(`${baseUrl}/demo/session`, { cache: 'no-store' }).then(
    ({ ok }) => ok,
    () => false,
  )

export const press = async (baseUrl: string, action: string, input: object): Promise<DemoResult> => {
  try {
    const response = await fetch(`${baseUrl}/demo/actions/${action}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    return v.parse(outcomeSchema, await response.json())
  } catch (error) {
    return { ok: false, error: { code: 'INTERNAL', message: error instanceof Error ? error.message : String(error) } }
  }
}
