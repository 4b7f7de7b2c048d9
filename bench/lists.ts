import { insertRows } from '../local/database/edit-rows.ts'
import { rowsOf } from '../test/fixtures/interference.ts'
import { startPlatform } from '../test/fixtures/platform.ts'
import { makeTemplate, openShop, releaseVersion } from '../test/fixtures/shop.ts'
import { ms, percentile, type Row, type Section } from './section.ts'

const MERCHANTS = 2000
/** Online at once. */
const VERSIONS = 5
const ROUNDS = 20
const LONGEST_MS = 300

const asked: readonly (readonly [operation: string, input: object])[] = [
  ['authorizers.list', {}],
  ['authorizers.list', { limit: 100 }],
  ['authorizers.list', { sort: 'name' }],
  ['authorizers.list', { sort: 'version' }],
  ['authorizers.list', { sort: 'authorizedAt' }],
  ['authorizers.list', { query: '1234 号店' }],
  ['authorizers.list', { filter: { attributes: { city: 'hz' } } }],
  ['authorizers.list', { filter: { liveVersion: '1.0.0' }, sort: 'version' }],
  ['authorizers.list', { filter: { neverReleased: true } }],
  ['bindings.list', {}],
  ['bindings.list', { status: 'bound', limit: 100 }],
  ['releases.list', { state: 'released' }],
  ['problems.list', {}],
  ['events.list', {}],
  ['activity.list', {}],
  ['platform.status', {}],
]

export const lists: Section = {
  name: 'lists',
  about: `lists and searches over ${MERCHANTS.toLocaleString('en')} merchants, warm`,
  async run({ progress }) {
    const platform = await startPlatform()
    try {
      progress('merchants')
      const appid = await openShop(platform)
      await releaseVersion(platform, appid, await makeTemplate(platform), '1.0.0')
      await platform.tell('bindings.bind', { businessId: 'shop', appid })
      await platform.tell('authorizers.get', { appid })
      for (const [collection, copy] of [
        [
          'authorizers',
          (at: number, other: string, row: object) => ({
            _id: other,
            nickName: `${at} 号店`,
            currentRelease: { ...Object(row).currentRelease, version: `1.0.${at % VERSIONS}` },
          }),
        ],
        [
          'bindings',
          (at: number, other: string) => ({ _id: `shop-${at}:miniprogram`, businessId: `shop-${at}`, appid: other }),
        ],
        ['releases', (at: number, other: string) => ({ _id: `${other}-r${at}`, appid: other })],
      ] as const) {
        const row = rowsOf(platform, collection).find((found) => found['appid'] === appid || found['_id'] === appid)
        if (!row) throw new Error(`no document in ${collection}`)
        for (let from = 0; from < MERCHANTS; from += 1000)
          await insertRows(
            platform.host.database,
            collection,
            Array.from({ length: 1000 }, (_, index) => {
              const at = from + index
              return { ...row, ...copy(at, `wx${String(at).padStart(16, '0')}`, row) }
            }),
          )
      }
      const rows: Row[] = []
      for (const [operation, input] of asked) {
        progress(operation)
        const times: number[] = []
        for (let round = 0; round <= ROUNDS; round++) {
          const begun = performance.now()
          const answer = Object(await platform.host.invoke('manage', { operation, input }, { openid: 'o-owner' }))
          if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(answer.error)}`)
          if (round > 0) times.push(performance.now() - begun)
        }
        const slow = percentile(times, 95)
        const what = `${operation} ${JSON.stringify(input)}`
        rows.push({ what, measured: `p95 ${ms(slow)}`, goal: `≤ ${LONGEST_MS} ms`, holds: slow <= LONGEST_MS })
      }
      return rows
    } finally {
      await platform.close()
    }
  },
}
