import { randomUUID } from 'node:crypto'
import * as v from 'valibot'
import { editRows } from '../../test/fixtures/interference.ts'
import { authorizeMerchant } from '../../test/fixtures/merchant.ts'
import { startPlatform, type LocalPlatform } from '../../test/fixtures/platform.ts'
import { authorizedMerchant, makeTemplate } from '../../test/fixtures/shop.ts'
import { parseMeasured } from './measured.ts'
import { works, type Measured, type Usage, type Work } from './model.ts'

/** How long the others take; on loopback they would cost nothing. */
const WECHAT_MS = 200
const DATABASE_MS = 10

const REPEATS = 8

/** Authorizers that are due at once. */
const DUE = 200

const lineSchema = v.object({
  milliseconds: v.number(),
  databaseOperations: v.number(),
  wechatCalls: v.number(),
})

/** What each piece of work uses, taken from the functions' own log on the local host beside the simulated WeChat. */
export async function measure(progress: (text: string) => void): Promise<Measured> {
  const platform = await startPlatform({
    wechat: { refreshTokens: 'stay', auditQuota: 1000 },
    host: { maxInstances: 4 },
  })
  try {
    progress('merchants')
    const templateId = await makeTemplate(platform)
    const appids: string[] = []
    for (let count = 0; count < REPEATS + 1; count++) appids.push(await authorizedMerchant(platform))
    await platform.wechat.control.createMerchants({ count: DUE, granted: true })
    await platform.ask('authorizers.sync')
    const { key } = await platform.tell('apiKeys.create', { name: 'costs', role: 'operator' })
    await platform.wechat.control.changeSettings({ latencyMs: WECHAT_MS })
    platform.host.database.faults.add({ when: 'before', kind: 'delay', delayMs: DATABASE_MS })

    const usages = new Map<Work, Usage>()
    for (const [work, act] of Object.entries(actsOf(platform, appids, templateId, String(key)))) {
      progress(work)
      // Once unseen, so that no start of an instance is in it.
      await act(0)
      usages.set(v.parse(v.picklist(works), work), await average(platform, act))
    }
    const without = (usage: Usage, other: Work, share = 1): Usage => part(usage, usages.get(other), share)
    progress('refresh')
    const past = new Date(1000)
    const everybody = { status: 'active' }
    await editRows(platform, 'authorizers', everybody, { dueAt: past, expiresAt: past })
    const swept = await usageOf(platform, () => platform.host.fireTimer('refreshTokens'))
    const count = platform.host.database.dump()['authorizers']?.length ?? 0
    usages.set('refresh', without(swept, 'quietSweep', count))
    progress('fullLook, use, night, reading')
    const queueAt = async (turn: string): Promise<Usage> => {
      await editRows(platform, 'platform', { _id: 'component' }, { [`turns.${turn}`]: past })
      return usageOf(platform, () => platform.host.fireTimer('processQueue'))
    }
    usages.set('fullLook', without(await queueAt('fullLook'), 'quietQueue'))
    usages.set('night', without(await queueAt('sync'), 'quietQueue', count))
    await editRows(platform, 'authorizers', everybody, { readDueAt: past })
    const read = await usageOf(platform, () => platform.host.fireTimer('processQueue'))
    usages.set('reading', without(read, 'quietQueue', count))
    await editRows(platform, 'authorizers', everybody, { usedAt: past })
    // The key is read once a minute.
    await askApi(platform, String(key), 'tokens.authorizer', { appid: appids[2] })
    usages.set(
      'use',
      without(
        await usageOf(platform, () => askApi(platform, String(key), 'tokens.authorizer', { appid: appids[1] })),
        'apiCall',
      ),
    )
    return parseMeasured({
      assumed: { wechatMs: WECHAT_MS, databaseMs: DATABASE_MS },
      works: Object.fromEntries(usages),
    })
  } finally {
    await platform.close()
  }
}

type Act = (round: number) => Promise<unknown>

const actsOf = (platform: LocalPlatform, appids: readonly string[], templateId: number, key: string) =>
  ({
    ticket: () => platform.wechat.control.pushTicket(),
    quietQueue: () => platform.host.fireTimer('processQueue'),
    quietSweep: () => platform.host.fireTimer('refreshTokens'),
    apiCall: (round) => askApi(platform, key, 'tokens.authorizer', { appid: appids[round] }),
    message: async (round) => {
      await platform.wechat.control.pushMessage({
        appid: appids[round] ?? '',
        fields: { MsgType: 'text', Content: '在吗', FromUserName: `o-${round}` },
      })
    },
    release: async (round) => {
      const appid = appids[round] ?? ''
      await askApi(platform, key, 'releases.commit', { appid, templateId, version: '2.0.0', description: '新版' })
      await askApi(platform, key, 'releases.submit', { appid })
      await platform.wechat.control.passAudit(appid)
      await askApi(platform, key, 'releases.release', { appid })
    },
    binding: async (round) => {
      const appid = appids[round] ?? ''
      await authorizeMerchant(platform, { businessId: `shop-${round}`, appid })
    },
    // What its parts ask for.
    console: async () => {
      await askApi(platform, key, 'platform.status', {})
      await askApi(platform, key, 'events.list', { limit: 40 })
      await askApi(platform, key, 'releases.list', { limit: 40 })
      await askApi(platform, key, 'rollouts.list', { limit: 20 })
    },
  }) satisfies Partial<Record<Work, Act>>

async function askApi(platform: LocalPlatform, key: string, operation: string, input: object): Promise<void> {
  const response = await fetch(`${platform.host.url}/api/v1/${operation}`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      // As our client does.
      'idempotency-key': randomUUID(),
    },
    body: JSON.stringify(input),
  })
  if (!response.ok) throw new Error(`${operation}: ${await response.text()}`)
}

/** What came on top of the other work, for one of so many. */
function part(usage: Usage, other: Usage | undefined, count: number): Usage {
  const each = (name: 'milliseconds' | 'databaseOperations' | 'wechatCalls'): number =>
    Math.max(0, usage[name] - (other?.[name] ?? 0)) / count
  return {
    calls: 0,
    milliseconds: each('milliseconds'),
    databaseOperations: each('databaseOperations'),
    wechatCalls: each('wechatCalls'),
  }
}

async function average(platform: LocalPlatform, act: Act): Promise<Usage> {
  const sum = await usageOf(platform, async () => {
    for (let round = 1; round <= REPEATS; round++) await act(round)
  })
  return {
    calls: sum.calls / REPEATS,
    milliseconds: sum.milliseconds / REPEATS,
    databaseOperations: sum.databaseOperations / REPEATS,
    wechatCalls: sum.wechatCalls / REPEATS,
  }
}

/** The sum of the lines that functions wrote about their calls. */
async function usageOf(platform: LocalPlatform, act: () => Promise<unknown>): Promise<Usage> {
  const from = platform.log.length
  await act()
  await platform.wechat.control.settle()
  // The last line is written after the answer.
  await new Promise((resolve) => setTimeout(resolve, 100))
  const usage = { calls: 0, milliseconds: 0, databaseOperations: 0, wechatCalls: 0 }
  for (const line of platform.log.slice(from)) {
    const text = /\{.*"event":"call".*\}$/.exec(line)?.[0]
    if (text === undefined) continue
    const { milliseconds, databaseOperations, wechatCalls } = v.parse(lineSchema, JSON.parse(text))
    usage.calls += 1
    usage.milliseconds += milliseconds
    usage.databaseOperations += databaseOperations
    usage.wechatCalls += wechatCalls
  }
  return usage
}
