import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { MessageRefused } from '../../shared/wechat/message-refused.ts'
import { readPush } from '../../shared/wechat/messages.ts'
import { pushKey } from '../../shared/wechat/push-identity.ts'
import { readPushJson } from '../../shared/wechat/push-json.ts'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test('numbers keep their spelling', () => {
  assert.deepEqual(
    plain(
      readPushJson(
        '{"MsgId": 24123456789012345678, "a": 1.50, "b": 1e3, "c": -0, "d": true, "e": null, "f": [1, "2"], "g": {"h": " x "}}',
      ),
    ),
    { MsgId: '24123456789012345678', a: '1.50', b: '1e3', c: '-0', d: 'true', e: '', f: ['1', '2'], g: { h: ' x ' } },
  )
})

test('what a user typed is read although nobody escaped it, and behind a byte order mark', () => {
  assert.deepEqual(plain(readPushJson('\uFEFF{"Content": "a\u0007\tb\\n", "MsgId": 1}')), {
    Content: 'a\u0007\tb\n',
    MsgId: '1',
  })
})

test('refuses what a second reader might understand differently', () => {
  const rows: [string, string][] = [
    ['a name twice', '{"a": 1, "a": 2}'],
    ['a name twice with one value', '{"a": "1", "a": "1"}'],
    ['a name twice, once escaped', '{"InfoType": "x", "Info\\u0054ype": "x"}'],
    ['__proto__', '{"__proto__": {"InfoType": "x"}}'],
    ['__proto__ as text', '{"__proto__": "x"}'],
    ['__proto__ escaped', '{"__pro\\u0074o__": {"a": 1}}'],
    ['__proto__ deep inside', '{"a": [{"__proto__": 1}]}'],
    ['17 deep', `${'{"a":'.repeat(17)}1${'}'.repeat(17)}`],
    ['very deep', '['.repeat(60_000)],
    ['too many values', `{"a": [${'1,'.repeat(2100)}1]}`],
    ['too long', `{"a": "${'x'.repeat(65_536)}"}`],
    ['no object', '[1]'],
    ['text', '"x"'],
    ['nothing', ''],
    ['trailing', '{} {}'],
    ['comment', '{/* */}'],
    ['unfinished and full of quotation marks', `{"a":"${'\\\\"'.repeat(20_000)}`],
    ['unfinished', '{"a": "'],
    ['NaN', '{"a": NaN}'],
    ['leading zero', '{"a": 01}'],
    ['XML', '<xml></xml>'],
  ]
  for (const [name, body] of rows) assert.throws(() => readPushJson(body), MessageRefused, name)
})

test('random bytes are read as JSON.parse would, or refused', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 4 }), (body) => {
      try {
        assert.equal(typeof readPushJson(body), 'object')
      } catch (error) {
        assert.ok(error instanceof MessageRefused, String(error))
      }
    }),
    { seed: 6, numRuns: 1000 },
  )
})

test('a push has one name in both forms', () => {
  const xml = readPush(
    '<xml><AppId>wx1</AppId><CreateTime>1573485628</CreateTime><InfoType><![CDATA[authorized]]></InfoType><AuthorizationCodeExpiredTime><![CDATA[1573489228]]></AuthorizationCodeExpiredTime><list><a>1</a></list><Empty></Empty></xml>',
  )
  const json = readPushJson(
    '{"InfoType":"authorized","AppId":"wx1","CreateTime":1573485628,"list":[{"a":1}],"AuthorizationCodeExpiredTime":1573489228,"Nothing":null,"None":[]}',
  )
  assert.equal(pushKey(json), pushKey(xml))
  assert.match(pushKey(xml), /^[0-9a-f]{64}$/)
})

test('pushes that differ have different names', () => {
  const bodies = [
    '{"a":"1"}',
    '{"a":"2"}',
    '{"b":"1"}',
    '{"a":"1","b":"1"}',
    '{"a":{"b":"1"}}',
    '{"a":["1","2"]}',
    '{"a":["2","1"]}',
    '{"a":["12"]}',
    '{"a":[["1","2"],"3"]}',
    '{"a":["1","2","3"]}',
    '{"a":"[\\"1\\",\\"2\\"]"}',
    '{"a":" 1"}',
  ]
  const keys = bodies.flatMap((body) => [pushKey(readPushJson(body)), pushKey(readPushJson(body), 'wx1')])
  assert.equal(new Set(keys).size, bodies.length * 2)
})
