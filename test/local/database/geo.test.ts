import assert from 'node:assert/strict'
import { test } from 'node:test'
import { openCloud, withCode } from './cloud.ts'

const point = (...coordinates: number[]) => ({ type: 'Point', coordinates })
const square = (west: number, south: number, size: number) => [
  [west, south],
  [west + size, south],
  [west + size, south + size],
  [west, south + size],
  [west, south],
]
const polygon = (...rings: number[][][]) => ({ type: 'Polygon', coordinates: rings })

const places = [
  { _id: 'tower', at: point(113.30593, 23.1361155) },
  { _id: 'mountain', at: point(113.306789, 23.1564721) },
  { _id: 'palace', at: point(116.3949659, 39.9163447) },
  { _id: 'nowhere' },
  { _id: 'text', at: 'Guangzhou' },
]

const openPlaces = async (t: Parameters<typeof openCloud>[0], documents: object[] = places) => {
  const cloud = await openCloud(t)
  await cloud.things.add(documents)
  const ids = async (query: object): Promise<string[]> =>
    (await cloud.things.options({ raw: true }).where(query).get()).data.map(({ _id }: { _id: string }) => _id)
  return { ...cloud, ids }
}

const sorted = async (found: Promise<string[]>): Promise<string[]> => (await found).sort()

test('what is near comes first, within the distances asked for', async (t) => {
  const { db, things, _, ids } = await openPlaces(t)
  const near = (rest: object = {}) => ids({ at: { $nearSphere: { $geometry: point(116, 40), ...rest } } })
  assert.deepEqual(await near(), ['palace', 'mountain', 'tower'])
  assert.deepEqual(await near({ $maxDistance: 100_000 }), ['palace'])
  assert.deepEqual(await near({ $minDistance: 100_000 }), ['mountain', 'tower'])
  const geometry = new db.Geo.Point(113.30593, 23.1361155)
  const found = await things.where({ at: _.geoNear({ geometry, maxDistance: 3000, minDistance: 0 }) }).get()
  assert.deepEqual(
    found.data.map(({ _id }: { _id: string }) => _id),
    ['tower', 'mountain'],
  )
  assert.deepEqual(
    (
      await things
        .where({ at: _.geoNear({ geometry }) })
        .orderBy('_id', 'asc')
        .limit(1)
        .get()
    ).data[0]._id,
    'mountain',
  )
})

test('the stage of a pipeline says how far it is', async (t) => {
  const { things } = await openPlaces(t)
  const geoNear = {
    near: point(113.3089506, 23.0968251),
    key: 'at',
    distanceField: 'far',
    includeLocs: 'where',
    spherical: true,
  }
  const run = (...stages: object[]) => things.options({ raw: true }).aggregate(stages).end()
  const { data } = await run({ $geoNear: { ...geoNear, query: { _id: /^[tm]/ } } }, { $project: { far: 1, where: 1 } })
  assert.deepEqual(
    data.map(({ _id, far }: { _id: string; far: number }) => [_id, far.toFixed(3)]),
    [
      ['tower', '4384.681'],
      ['mountain', '6643.522'],
    ],
  )
  assert.deepEqual(
    data[0].where.coordinates ?? [data[0].where.longitude, data[0].where.latitude],
    [113.30593, 23.1361155],
  )
  await assert.rejects(run({ $match: {} }, { $geoNear: geoNear }), withCode('INVALID_PARAM'))
  await assert.rejects(run({ $geoNear: { ...geoNear, key: undefined } }), withCode('DATABASE_REQUEST_FAILED'))
})

test('within a polygon, its holes left out, and within a circle', async (t) => {
  const { ids } = await openPlaces(t, [
    { _id: 'inside', at: point(1, 1) },
    { _id: 'hole', at: point(5, 5) },
    { _id: 'middle', at: point(0, 0) },
    { _id: 'border', at: point(10, 0) },
    { _id: 'outside', at: point(11, 1) },
    { _id: 'opposite', at: point(-179, -1) },
    { _id: 'line', at: { type: 'LineString', coordinates: [[1, 1], [2, 2]] } }, // prettier-ignore
    { _id: 'crossing', at: { type: 'LineString', coordinates: [[1, 1], [20, 2]] } }, // prettier-ignore
    { _id: 'several', at: [point(50, 50), point(2, 2)] },
  ])
  const area = polygon(square(-10, -10, 20), square(4, 4, 2))
  const within = (operand: object) => ids({ at: { $geoWithin: operand } })
  assert.deepEqual(await sorted(within({ $geometry: area })), ['border', 'inside', 'line', 'middle', 'several'])
  const both = { type: 'MultiPolygon', coordinates: [square(10.5, 0, 1), square(4, 4, 2)].map((ring) => [ring]) }
  assert.deepEqual(await sorted(within({ $geometry: both })), ['hole', 'outside'])
  assert.deepEqual(await sorted(within({ $centerSphere: [[0, 0], 0.03] })), ['inside', 'middle'])
  assert.deepEqual(await sorted(ids({ at: { $geoIntersects: { $geometry: polygon(square(3, 1, 1)) } } })), ['crossing'])
  assert.deepEqual(await ids({ at: { $geoIntersects: { $geometry: point(1.5, 1.5001) } } }), [])
  assert.deepEqual(await sorted(ids({ at: { $geoIntersects: { $geometry: point(1, 1) } } })), [
    'crossing',
    'inside',
    'line',
  ])
  for (const operand of [
    { $geometry: point(1, 1) },
    { $geometry: point(181, 1) },
    { $geometry: polygon([[0, 0], [1, 1], [2, 2]]) }, // prettier-ignore
    { $centerSphere: [[0, 0], '10'] },
    { $centerSphere: [[-288, 30], 1] },
  ])
    await assert.rejects(within(operand), withCode('INVALID_PARAM'), JSON.stringify(operand))
})
