import assert from 'node:assert/strict'
import { test } from 'node:test'
import { codeOfReason } from '../../shared/reasons.ts'
import { reasonOfErrcode } from '../../shared/wechat/errors.ts'
import { explainErrcode, listErrcodes } from '../../shared/words/errcodes.ts'

test('errcodes become the codes that callers know', () => {
  const rows: [string, number[]][] = [
    ['NOT_FOUND', [85014, 85058, 85064]],
    ['CONFLICT', [85009, 85019, 85020, 87011]],
    ['TICKET_MISSING', [61005, 61006]],
    ['REAUTHORIZATION_REQUIRED', [61003, 61023, 42002, 42007, 48001, 61007, 61016, 61017]],
    ['QUOTA_EXCEEDED', [45009, 45011, 48006, 85085, 86102, 87013, 89405, 9402202]],
    ['CONFIG_INVALID', [61004]],
    ['WECHAT_UNAVAILABLE', [-1]],
    ['WECHAT_REJECTED', [40001, 47001, 85017, 61039, 9400001, 12345]],
  ]
  for (const [code, errcodes] of rows)
    for (const errcode of errcodes) assert.equal(codeOfReason(reasonOfErrcode(errcode)), code, `${errcode}`)
})

test('whose move it is, as it is documented', () => {
  const rows: [number, string][] = [
    [-1, 'retry'],
    [40001, 'token'],
    [42006, 'token'],
    [42007, 'reauthorize'],
    [61023, 'reauthorize'],
    [45009, 'wait'],
    [61039, 'wait'],
    [61004, 'provider'],
    [44002, 'provider'],
    [85004, 'readBack'],
    [85017, 'readBack'],
    [85052, 'readBack'],
    [85001, 'merchant'],
    [86002, 'merchant'],
    [85030, 'merchant'],
    [91015, 'merchant'],
    [85070, 'provider'],
  ]
  for (const [errcode, move] of rows) assert.equal(explainErrcode(errcode)?.move, move, `${errcode}`)
})

test('every errcode has a meaning and a cure in Chinese and English', () => {
  for (const { first, meaning, cure } of listErrcodes()) {
    for (const text of [meaning.zh, cure.zh]) assert.match(text, /[\u4e00-\u9fff]/, `${first}: ${text}`)
    for (const text of [meaning.en, cure.en]) {
      assert.match(text, /[a-z]/, `${first}: ${text}`)
      assert.doesNotMatch(text.replaceAll('全网发布', ''), /[\u4e00-\u9fff]/, `${first}: ${text}`)
    }
  }
})

test('ranges ascend and none overlaps another', () => {
  let previous = -Infinity
  for (const { first, last } of listErrcodes()) {
    assert.ok(first > previous && last >= first, `${first}`)
    previous = last
  }
})

test('an unknown errcode has no explanation', () => {
  assert.equal(explainErrcode(0), undefined)
  assert.equal(explainErrcode(80060), undefined)
  assert.equal(explainErrcode(Number.NaN), undefined)
})
