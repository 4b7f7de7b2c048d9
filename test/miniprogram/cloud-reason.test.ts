import assert from 'node:assert/strict'
import { test } from 'node:test'
import { cloudReason } from '../../miniprogram/source/api/cloud-reason.ts'
import { cures } from '../../miniprogram/source/text/refusals.ts'

test('the number of the reason is found wherever the client library puts it', () => {
  const rows: [unknown, number | undefined][] = [
    [{ errCode: -504003, errMsg: 'cloud.callFunction:fail -504003 timed out' }, -504003],
    [
      { errCode: -404011, errMsg: 'cloud.callFunction:fail Error: errCode: -504003 | errMsg: Invoking task timed out' },
      -504003,
    ],
    [
      {
        errCode: -404011,
        errMsg:
          'cloud.callFunction:fail Error: errCode: -404011 cloud function execution error | errMsg: cloud.callFunction:fail requestID 1f0a-123456-7, cloud function service error code -504002, error message x; at cloud.callFunction api;',
      },
      -504002,
    ],
    [{ errMsg: 'cloud.callFunction:fail -501000 env not exists' }, -501000],
    [{ errCode: '-501001', errMsg: 'cloud.callFunction:fail' }, -501001],
    [new Error('errCode: -601002 | errMsg: system error'), -601002],
    ['errCode: -601002 | errMsg: system error', -601002],
    [{ errCode: -404011, errMsg: 'cloud.callFunction:fail' }, -404011],
    [{ errCode: -1, errMsg: 'cloud.callFunction:fail request:fail timeout' }, -1],
    [{ errMsg: 'cloud.callFunction:fail request:fail' }, undefined],
    [undefined, undefined],
  ]
  for (const [cause, expected] of rows) assert.equal(cloudReason(cause), expected, JSON.stringify(cause))
})

test('each number has its cure in both languages', () => {
  assert.deepEqual(Object.keys(cures.zh), Object.keys(cures.en))
})
