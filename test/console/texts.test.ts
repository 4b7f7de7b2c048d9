import assert from 'node:assert/strict'
import { test } from 'node:test'
import { formatAttributes, parseAttributes } from '../../console/src/pages/merchants/attributes.ts'
import { extOf, objectOf, parseObject, rowsOf } from '../../console/src/pages/releases/ext-draft.ts'
import { inLanguage } from '../../console/src/text/sentences.ts'

const sentences: readonly (readonly [both: string, zh: string, en: string])[] = [
  [
    'Give a larger percentage, or cancel it with releases.cancelGray. 灰度比例只能增大。',
    '灰度比例只能增大。',
    'Give a larger percentage, or cancel it with releases.cancelGray.',
  ],
  [
    '微信不再接受该账号的授权。 WeChat no longer accepts the authorization of this account (61023).',
    '微信不再接受该账号的授权。',
    'WeChat no longer accepts the authorization of this account (61023).',
  ],
  [
    'Check 授权事件接收URL, the message token and the EncodingAESKey in the console. 请检查开放平台控制台的授权事件接收配置。',
    '请检查开放平台控制台的授权事件接收配置。',
    'Check 授权事件接收URL, the message token and the EncodingAESKey in the console.',
  ],
  ['There is no template 7', 'There is no template 7', 'There is no template 7'],
  [
    '数据库套餐较小时请设置 REFRESH_IDLE_DAYS。',
    '数据库套餐较小时请设置 REFRESH_IDLE_DAYS。',
    '数据库套餐较小时请设置 REFRESH_IDLE_DAYS。',
  ],
]

test('of a message in two languages the reader sees one', () => {
  for (const [both, zh, en] of sentences) {
    assert.equal(inLanguage('zh', both), zh)
    assert.equal(inLanguage('en', both), en)
  }
})

test('variables are written one a line; values keep their equals signs and inner blanks', () => {
  assert.deepEqual(parseAttributes('shopName = 王记 面馆\n\n url=https://a.example/?x=1 \nempty='), {
    attributes: { shopName: '王记 面馆', url: 'https://a.example/?x=1', empty: '' },
  })
  assert.deepEqual(parseAttributes('shopName=a\nno equals sign'), { wrong: 'no equals sign' })
  assert.deepEqual(parseAttributes('=value'), { wrong: '=value' })
  assert.equal(formatAttributes({ a: '1', b: '2' }), 'a=1\nb=2')
})

test('ext is edited row by row as long as all values are texts, else as JSON', () => {
  assert.deepEqual(parseObject(''), {})
  assert.deepEqual(parseObject('{"a":1}'), { a: 1 })
  for (const text of ['[]', '1', 'null', '{', '"text"']) assert.equal(parseObject(text), undefined, text)
  assert.deepEqual(rowsOf({ a: 'x', b: '' }), [
    { name: 'a', value: 'x' },
    { name: 'b', value: '' },
  ])
  assert.equal(rowsOf({ a: { deep: true } }), undefined)
  assert.deepEqual(
    objectOf([
      { name: ' a ', value: ' x' },
      { name: '', value: 'not named yet' },
    ]),
    { a: ' x' },
  )
  assert.deepEqual(extOf('{"extEnable":true,"extAppid":"wx1","ext":{"shopName":"王记"}}'), { shopName: '王记' })
  for (const text of [undefined, '', 'broken', '{"ext":[1]}']) assert.deepEqual(extOf(text), {})
})
