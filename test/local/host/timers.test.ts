import assert from 'node:assert/strict'
import { test } from 'node:test'
import { schedule } from '../../../local/host/timers.ts'

const rules = [
  { config: '0 */5 * * * * *', from: '2026-03-01T00:01:00Z', next: '2026-03-01T00:05:00.000Z' },
  { config: '0 * * * * * *', from: '2026-03-01T00:01:00Z', next: '2026-03-01T00:02:00.000Z' },
  { config: '0 30 3 * * * *', from: '2026-03-01T00:00:00Z', next: '2026-03-01T19:30:00.000Z', says: 'Beijing time' },
  { config: '0 0 0 1 1 * 2028', from: '2026-03-01T00:00:00Z', next: '2027-12-31T16:00:00.000Z', says: 'a year' },
  { config: '0 0 0 1 1 * 2020', from: '2026-03-01T00:00:00Z', next: undefined, says: 'a year that is over' },
  {
    config: '0 0 8 * * MON-FRI *',
    from: '2026-03-07T12:00:00Z',
    next: '2026-03-09T00:00:00.000Z',
    says: 'names of days',
  },
  { config: '0 0 8 15 * 0 *', from: '2026-03-02T12:00:00Z', next: '2026-03-08T00:00:00.000Z', says: 'day or weekday' },
  { config: '5,35 0 0 * * * *', from: '2026-03-01T16:00:05Z', next: '2026-03-01T16:00:35.000Z', says: 'a list' },
]
for (const { config, from, next, says } of rules)
  test(`a timer ${config}${says === undefined ? '' : ` (${says})`} runs next at ${next ?? 'no time'}`, () => {
    const job = schedule(config)
    assert.equal(job.nextRun(new Date(from))?.toISOString(), next)
    job.stop()
  })

test('other than seven fields are refused', () => {
  assert.throws(() => schedule('*/5 * * * *'))
  assert.throws(() => schedule('0 */5 * * * *'))
})
