import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { startBetweenPlatform, type BetweenPlatform } from '../fixtures/between-calls.ts'
import { editRows } from '../fixtures/interference.ts'
import type { Answer } from '../fixtures/platform.ts'
import { endAttempts, makeDue, makeTemplate, openShop, releaseVersion, runQueue } from '../fixtures/shop.ts'

/*
 * Another hand comes between any two of our calls to WeChat. One moment of each operation; with `EVERY_QUESTION=1` every act at every moment.
 */

const IS_WHOLE = process.env['EVERY_QUESTION'] === '1'

let platform: BetweenPlatform
let templateId: number
before(async () => {
  platform = await startBetweenPlatform()
  templateId = await makeTemplate(platform)
  await platform.wechat.control.changeSettings({ auditQuota: 100_000 })
})
after(() => platform.close())

const tell = (operation: string, appid: string, input: object = {}) => platform.tell(operation, { appid, ...input })

const commit = (appid: string, version: string) => ({ appid, templateId, version, description: '新版' })

/** 1.0.0 is online, and 2.0.0 so far. */
const standings = {
  async online(appid: string): Promise<void> {
    await releaseVersion(platform, appid, templateId, '1.0.0')
  },
  async committed(appid: string): Promise<void> {
    await standings.online(appid)
    await platform.tell('releases.commit', commit(appid, '2.0.0'))
  },
  async auditing(appid: string): Promise<void> {
    await standings.committed(appid)
    await tell('releases.submit', appid)
  },
  async approved(appid: string): Promise<void> {
    await standings.auditing(appid)
    await platform.wechat.control.passAudit(appid)
    await platform.wechat.control.settle()
  },
  async gray(appid: string): Promise<void> {
    await standings.approved(appid)
    await tell('releases.startGray', appid, { percentage: 10 })
  },
  async released(appid: string): Promise<void> {
    await standings.approved(appid)
    await tell('releases.release', appid)
  },
}

/** With what is played where not all is asked: the act, and before which call. */
const operations = [
  ['releases.commit', 'online', { templateId: 0, version: '2.0.0', description: '新版' }, 'commits', 1],
  ['releases.submit', 'committed', {}, 'commits', 3],
  ['releases.withdraw', 'auditing', {}, 'withdraws', 1],
  ['releases.release', 'approved', {}, 'gets approved', 1],
  ['releases.startGray', 'approved', { percentage: 20 }, 'publishes', 1],
  ['releases.startGray', 'gray', { percentage: 50 }, 'gets approved', 1],
  ['releases.cancelGray', 'gray', {}, 'submits', 1],
  ['releases.release', 'gray', {}, 'publishes', 1],
  ['releases.rollback', 'released', {}, 'rolls back', 1],
] as const

type Control = BetweenPlatform['wechat']['control']
const inConsole =
  (act: Parameters<Control['actInConsole']>[0]['act']) =>
  (control: Control, appid: string): Promise<unknown> =>
    Promise.resolve(control.actInConsole({ appid, act }))

const bringing =
  (to: 'trial' | 'auditing' | 'approved' | 'released') =>
  (control: Control, appid: string): Promise<unknown> =>
    Promise.resolve(control.bringVersion({ appid, version: '9.0.0', to }))

/** By 微管家, or by the merchant. */
const acts = {
  commits: bringing('trial'),
  submits: bringing('auditing'),
  'gets approved': bringing('approved'),
  releases: bringing('released'),
  publishes: inConsole('publish'),
  withdraws: inConsole('withdrawAudit'),
  'starts gray': inConsole('startGray'),
  'cancels gray': inConsole('cancelGray'),
  'finishes gray': inConsole('finishGray'),
  'rolls back': inConsole('rollBack'),
  revokes: (control: Control, appid: string): Promise<unknown> => Promise.resolve(control.unauthorize({ appid })),
} as const

const past = new Date(1000)

/** What WeChat has, as the records should say it. */
function truthOf(appid: string): readonly string[] {
  const merchant = platform.wechat.state.merchants.get(appid)
  assert.ok(merchant)
  const { live, liveIndex, audits, gray } = merchant
  const online = live[liveIndex]
  const audit = audits.at(-1)
  const isGray = gray?.status === 1 || gray?.status === 2
  const shown = isGray && gray ? [`${gray.audit.version.version} gray`] : []
  const says =
    audit === undefined || audit.released || (isGray && gray?.audit === audit)
      ? []
      : audit.status === 2
        ? [`${audit.version.version} auditing`]
        : audit.status === 0
          ? [`${audit.version.version} approved`]
          : []
  return [...(online ? [`${online.version.version} released`] : []), ...shown, ...says].toSorted()
}

const told = new Set(['released', 'auditing', 'delayed', 'approved', 'gray'])

async function recordOf(appid: string): Promise<readonly string[]> {
  const { items } = await platform.tell('releases.list', { appid, limit: 100 })
  assert.ok(Array.isArray(items))
  return items.flatMap(({ version, state }) => (told.has(state) ? `${version} ${state}` : [])).toSorted()
}

/** WeChat does not tell that it was online for a while. */
const comesAndGoes = (appid: string): string => {
  const audit = platform.wechat.state.merchants.get(appid)?.audits.at(-1)
  return audit?.released ? `${audit.version.version} approved` : ''
}

/** Everything that was begun is looked at, and the last reading is old. */
async function lookAgain(appid: string): Promise<void> {
  await endAttempts(platform, appid)
  await makeDue(platform)
  await runQueue(platform)
  await editRows(platform, 'authorizers', { _id: appid }, { readAt: past })
  await editRows(platform, 'releases', { appid }, { updatedAt: past })
  await platform.tell('authorizers.get', { appid })
}

const isChanging = (url: string): boolean =>
  /^\/wxa\/(?:commit|submit_audit|undocodeaudit|release|grayrelease|revertgrayrelease|revertcoderelease)\b/.test(url) &&
  !url.includes('get_history_version')

/** What success claims was so at WeChat when it was said, by our call or before. */
function assertTrue(operation: string, answer: Answer, appid: string, place: string): void {
  if (!answer.ok) return
  const { state, version, onlineVersion } = answer.data
  const truth = truthOf(appid)
  const claim = `${String(version)} ${String(state)}`
  if (told.has(String(state))) assert.ok(truth.includes(claim), `${place}: ${claim} is told, ${truth.join()} is so`)
  if (operation === 'releases.rollback') {
    assert.equal(state, 'rolledBack', place)
    assert.ok(truth.includes(`${String(onlineVersion)} released`), `${place}: ${String(onlineVersion)} is not online`)
    assert.ok(!truth.includes(`${String(version)} released`), `${place}: ${String(version)} is online still`)
  }
}

/** WeChat tells times in seconds: what was submitted and approved in that of our call cannot be told from what was before it. */
const isTold = (operation: string, act: keyof typeof acts, call: number): boolean =>
  !(operation === 'releases.startGray' && act === 'gets approved' && call === 2)

interface Case {
  readonly operation: string
  readonly standing: keyof typeof standings
  readonly input: object
  readonly act: keyof typeof acts
}

/** How many calls there were, and whether the other hand could do it. */
async function play({ operation, standing, input, act }: Case, call: number): Promise<readonly [number, boolean]> {
  const place = `${operation} (${standing}), before call ${call} another hand ${act}`
  const appid = await openShop(platform)
  await standings[standing](appid)
  let isPossible = true
  const asked = 'templateId' in input ? { ...input, templateId } : input
  const { outcome, calls, isActed } = await platform.between(
    call,
    () => acts[act](platform.wechat.control, appid).catch(() => void (isPossible = false)),
    () => platform.ask(operation, { appid, ...asked }),
  )
  const { length } = calls
  if (!isActed || !isPossible) return [length, false]
  if (act === 'revokes') {
    if (!outcome.ok)
      assert.ok(
        ['REAUTHORIZATION_REQUIRED', 'CONFLICT'].includes(outcome.error.code),
        `${place}: ${JSON.stringify(outcome.error)}`,
      )
    assert.equal((await platform.tell('authorizers.get', { appid }))['status'], 'revoked', place)
    return [length, true]
  }
  if (!outcome.ok) assert.ok(outcome.error.code !== 'INTERNAL', `${place}: ${JSON.stringify(outcome.error)}`)
  // What somebody does later is no part of what was asked.
  if (!calls.slice(0, call - 1).some(isChanging)) assertTrue(operation, outcome, appid, place)
  await lookAgain(appid)
  const unknown = comesAndGoes(appid)
  const [truth, record] = [truthOf(appid), (await recordOf(appid)).filter((one) => one !== unknown)]
  assert.deepEqual(record, truth, `${place}; answered ${JSON.stringify(outcome)}`)
  return [length, true]
}

for (const [operation, standing, input, sample, moment] of operations)
  test(`another hand between the calls of ${operation}, ${standing} before`, async (t) => {
    let played = 0
    const wrongs: unknown[] = []
    const tryCase = async (act: keyof typeof acts, call: number): Promise<boolean> => {
      try {
        const [, isPlayed] = await play({ operation, standing, input, act }, call)
        return isPlayed
      } catch (error) {
        wrongs.push(error)
        return true
      }
    }
    const most = IS_WHOLE ? (await play({ operation, standing, input, act: 'commits' }, Infinity))[0] : 0
    for (const act of IS_WHOLE ? (Object.keys(acts) as (keyof typeof acts)[]) : [sample])
      for (const call of IS_WHOLE ? Array.from({ length: most }, (_, index) => index + 1) : [moment])
        if (isTold(operation, act, call) && (await tryCase(act, call))) played += 1
    t.diagnostic(`${played} moments`)
    if (wrongs.length > 0)
      throw new AggregateError(wrongs, wrongs.map((wrong) => String(Object(wrong).message).slice(0, 600)).join('\n'))
  })
