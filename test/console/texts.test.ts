import assert from 'node:assert/strict'
import { test } from 'node:test'
import { operationNames, writtenOperations } from '../../console/src/text/operation-names.ts'
import { agoOf } from '../../console/src/text/times.ts'
import { formatAttributes, linesOf, parseAttributes, tellWrongDomain } from '../../console/src/text/typed.ts'
import { tellInConsole } from '../../console/src/text/told.ts'
import { draftOfCommit, extOf, objectOf, pairsOf, parseObject } from '../../console/src/wechat/ext.ts'
import { allOperations } from '../../shared/domain/operations/table.ts'

test('a refusal is told in one language, with the cure by the names of buttons', () => {
  const refusal = { code: 'UNAUTHENTICATED', reason: 'KEY_NOT_ACCEPTED', message: 'as it came' }
  assert.deepEqual(tellInConsole(refusal, 'en'), {
    message: 'The API key is missing, unknown, revoked or expired',
    hint: 'Check the key, or ask an owner to create a new one under Settings › API keys.',
  })
  assert.equal(tellInConsole(refusal, 'zh').message, 'API 密钥缺失、不存在、已吊销或已过期')
})

test('a word that the console does not know yet is told as it came', () => {
  const problem = { code: 'OF_TOMORROW', message: 'Something new', hint: 'Do this' }
  assert.deepEqual(tellInConsole(problem, 'zh'), { message: 'Something new', hint: 'Do this' })
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
  assert.deepEqual(pairsOf({ a: 'x', b: '' }), [
    { name: 'a', value: 'x' },
    { name: 'b', value: '' },
  ])
  assert.equal(pairsOf({ a: { deep: true } }), undefined)
  assert.deepEqual(
    objectOf([
      { name: ' a ', value: ' x' },
      { name: '', value: 'not named yet' },
    ]),
    { a: ' x' },
  )
  assert.deepEqual(draftOfCommit('{"extEnable":true,"extAppid":"wx1","ext":{"shopName":"王记"}}'), {
    editor: 'form',
    ext: [{ name: 'shopName', value: '王记' }],
    extJson: '{\n  "shopName": "王记"\n}',
  })
  assert.equal(draftOfCommit('{"ext":{"a":{"deep":true}}}').editor, 'json')
  for (const text of [undefined, '', 'broken', '{"ext":[1]}']) assert.deepEqual(extOf(draftOfCommit(text)), {})
})

test('the log is searched for every operation that leaves an entry there, and for no other', async () => {
  const table = await allOperations()
  const written = operationNames.filter((name) => table[name]?.kind !== 'reading')
  assert.deepEqual(new Set(writtenOperations), new Set(written))
})

test('a domain is refused in the field for what the platform would refuse it', () => {
  const flaws: readonly (readonly [entries: string, kind: Parameters<typeof tellWrongDomain>[1], flaw?: string])[] = [
    ['https://api.shop.example\nAPI.shop.example:8443', 'requestDomains'],
    ['http://bad one', 'requestDomains', 'The scheme of http://bad, if there is one, must be https://'],
    [
      'https://api.shop.example',
      'wsRequestDomains',
      'The scheme of https://api.shop.example, if there is one, must be wss://',
    ],
    ['10.0.0.1', 'downloadDomains', '10.0.0.1 must be a domain, not an IP address'],
    ['a.example/path', 'uploadDomains', 'a.example/path must be a domain without a path, such as www.example.com'],
    ['shop', 'udpDomains', 'shop must be a domain without a path, such as www.example.com'],
    ['api.weixin.qq.com', 'tcpDomains', 'api.weixin.qq.com must not be api.weixin.qq.com'],
    ['https://www.shop.example:8443', 'webviewDomains', 'https://www.shop.example:8443 must not have a port'],
    ['a.example b.example；c.example', 'platformServer'],
    ['a.example:443', 'platformServer', 'a.example:443 must not have a port'],
    ['wss://a.example', 'platformWebview', 'The scheme of wss://a.example, if there is one, must be https://'],
  ]
  for (const [entries, kind, flaw] of flaws) assert.equal(tellWrongDomain(linesOf(entries), kind, 'en'), flaw, entries)
  assert.equal(tellWrongDomain(['10.0.0.1'], 'requestDomains', 'zh'), ' 10.0.0.1 须为域名，不能是 IP 地址'.trim())
})

test('what is still to come is not told as just past', () => {
  const now = new Date('2026-11-30T08:00:00Z')
  const told = (seconds: number): readonly string[] =>
    (['zh', 'en'] as const).map((language) => agoOf(new Date(now.getTime() + seconds * 1000), now, language))
  assert.deepEqual(told(20), ['1 分钟内', 'within a minute'])
  assert.deepEqual(told(0), ['刚刚', 'just now'])
  assert.deepEqual(told(-20), ['刚刚', 'just now'])
  assert.deepEqual(told(150), ['2分钟后', 'in 2 minutes'])
  assert.deepEqual(told(-7300), ['2小时前', '2 hours ago'])
})
