import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { array, constant, constantFrom, oneof, sample, type Arbitrary } from 'fast-check'
import { startPlatform, type LocalPlatform } from '../fixtures/platform.ts'
import { advance, emptyModel, type Command } from '../fixtures/release-model.ts'
import { endAttempts, makeTemplate, openShop, runQueue } from '../fixtures/shop.ts'

let platform: LocalPlatform
let templateId: number
before(async () => {
  platform = await startPlatform({
    wechat: { withdrawalsPerDay: 1000, withdrawalsPerMonth: 1000, refreshTokens: 'rotateAtOnce', latencyMs: 5 },
  })
  templateId = await makeTemplate(platform)
})
after(() => platform.close())

const lost = constantFrom(undefined, undefined, undefined, undefined, 'after' as const, 'before' as const)
const sent = (name: 'commit' | 'submit' | 'release') =>
  lost.map((drop): Command => ({ do: name, ...(drop && { lost: drop }) }))

const commands: Arbitrary<Command> = oneof(
  { weight: 4, arbitrary: sent('commit') },
  { weight: 5, arbitrary: sent('submit') },
  { weight: 5, arbitrary: constant<Command>({ do: 'pass' }) },
  { weight: 5, arbitrary: sent('release') },
  ...(['reject', 'delay', 'withdraw', 'cancelGray', 'rollback'] as const).map((name) => ({
    weight: 1,
    arbitrary: constant<Command>({ do: name }),
  })),
  {
    weight: 2,
    arbitrary: constantFrom(10, 50, 100).map((percentage): Command => ({ do: 'startGray', percentage })),
  },
)

const paths = { commit: '/wxa/commit', submit: '/wxa/submit_audit', release: '/wxa/release' }

/** Carries the command out; `ok` or the code of the refusal. */
async function carryOut(appid: string, command: Command, version: string): Promise<string> {
  const { control } = platform.wechat
  if ('lost' in command && command.lost)
    await control.addFault({ path: paths[command.do], appid, drop: command.lost, times: 1 })
  const ask = async (operation: string, input: object = {}): Promise<string> => {
    const answer = await platform.ask(operation, { appid, ...input })
    return answer.ok ? 'ok' : answer.error.code
  }
  switch (command.do) {
    case 'commit':
      return ask('releases.commit', { templateId, version, description: '新版' })
    case 'pass':
      await control.passAudit(appid)
      return 'ok'
    case 'reject':
      await control.rejectAudit({ appid, reason: '不符' })
      return 'ok'
    case 'delay':
      await control.delayAudit({ appid })
      return 'ok'
    case 'startGray':
      return ask('releases.startGray', { percentage: command.percentage })
    default:
      return ask(`releases.${command.do}`)
  }
}

async function follow(sequence: readonly Command[]): Promise<void> {
  const { control } = platform.wechat
  const appid = await openShop(platform)
  const model = emptyModel()
  const story: string[] = []
  for (const [index, command] of sequence.entries()) {
    const version = `1.0.${index}`
    const expected = advance(model, command, version)
    if (expected === 'nothing') continue
    story.push(JSON.stringify(command))
    const told = `after ${story.join(', ')}`
    assert.equal(await carryOut(appid, command, version), expected, told)
    await control.clearFaults()
    if (expected === 'WECHAT_UNAVAILABLE') {
      await endAttempts(platform, appid)
      await runQueue(platform)
    }
    const { items } = await platform.tell('releases.list', { appid, limit: 100 })
    assert.deepEqual(
      Object(items).map((item: object) => [Object(item).version, Object(item).state]),
      model.releases.map((release) => [release.version, release.state]),
      told,
    )
  }
  const merchant = await control.merchant(appid)
  assert.deepEqual(
    { audits: merchant.audits, releases: merchant.releases, live: merchant.live?.version },
    { audits: model.submissions, releases: model.live.length, live: model.live[model.liveIndex] },
  )
}

/** Chance, with a fixed seed. */
const sequences = sample(array(commands, { minLength: 30, maxLength: 30 }), { seed: 20_240_607, numRuns: 4 })

for (const [index, sequence] of sequences.entries())
  test(`random commands end where the rules say (${index + 1})`, () => follow(sequence))
