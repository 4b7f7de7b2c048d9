import assert from 'node:assert/strict'
import { test } from 'node:test'
import { endOfQuiet, isQuiet, isTimeZone } from '../../shared/domain/releases/quiet-hours.ts'
import { epochMs } from '../../shared/time.ts'

const at = (time: string) => epochMs(Date.parse(time))

test('quiet hours are of the wall clock of their zone, the end exclusive, also past midnight', () => {
  const night = { from: '22:00', to: '08:00', timeZone: 'Asia/Shanghai' }
  const noon = { from: '12:00', to: '13:30', timeZone: 'Asia/Kathmandu' }
  const rules = [
    [night, '2026-11-30T13:59:59Z', false],
    [night, '2026-11-30T14:00:00Z', true],
    [night, '2026-11-30T16:00:00Z', true],
    [night, '2026-11-30T23:59:59Z', true],
    [night, '2026-12-01T00:00:00Z', false],
    [noon, '2026-11-30T06:14:59Z', false],
    [noon, '2026-11-30T06:15:00Z', true],
    [noon, '2026-11-30T07:45:00Z', false],
  ] as const
  for (const [hours, time, expected] of rules) assert.equal(isQuiet(at(time), hours), expected, time)
  assert.equal(isQuiet(at('2026-11-30T14:00:00Z'), undefined), false)
})

test('the end of quiet hours follows the clocks where they are put forward or back', () => {
  const rules = [
    [{ from: '22:00', to: '08:07', timeZone: 'Asia/Shanghai' }, '2026-11-30T14:00:30Z', '2026-12-01T00:07:00Z'],
    [{ from: '22:00', to: '08:00', timeZone: 'Asia/Shanghai' }, '2026-11-30T23:59:59Z', '2026-12-01T00:00:00Z'],
    [{ from: '00:00', to: '23:59', timeZone: 'UTC' }, '2026-11-30T00:00:00Z', '2026-11-30T23:59:00Z'],
    // Berlin puts its clocks forward at 02:00 on 29 March 2026, back at 03:00 on 25 October.
    [{ from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' }, '2026-03-28T21:30:00Z', '2026-03-29T04:00:00Z'],
    [{ from: '22:00', to: '06:00', timeZone: 'Europe/Berlin' }, '2026-10-24T20:30:00Z', '2026-10-25T05:00:00Z'],
    [{ from: '01:30', to: '02:30', timeZone: 'Europe/Berlin' }, '2026-03-29T00:40:00Z', '2026-03-29T01:00:00Z'],
    [{ from: '01:30', to: '02:30', timeZone: 'Europe/Berlin' }, '2026-10-25T00:10:00Z', '2026-10-25T00:30:00Z'],
    [{ from: '01:30', to: '02:30', timeZone: 'Europe/Berlin' }, '2026-10-25T01:10:00Z', '2026-10-25T01:30:00Z'],
    // Lord Howe Island moves by half an hour, at 02:00 on 5 April 2026.
    [{ from: '23:00', to: '03:15', timeZone: 'Australia/Lord_Howe' }, '2026-04-04T13:00:00Z', '2026-04-04T16:45:00Z'],
  ] as const
  for (const [hours, time, expected] of rules)
    assert.equal(new Date(endOfQuiet(at(time), hours)).toISOString(), expected.replace('Z', '.000Z'), time)
})

test('time zones are names of the IANA', () => {
  for (const name of ['Asia/Shanghai', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT+8'])
    assert.equal(isTimeZone(name), true, name)
  for (const name of ['', '+08:00', '-0800', 'Beijing', 'Asia/Shanghai ', 'Asia', 'constructor', '8'])
    assert.equal(isTimeZone(name), false, name)
})
