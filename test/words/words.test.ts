import assert from 'node:assert/strict'
import { test } from 'node:test'
import { languageOf } from '../../shared/entry/language.ts'
import type { Words } from '../../shared/words/params.ts'
import { codeWords } from '../../shared/words/codes.ts'
import { listErrcodes } from '../../shared/words/errcodes.ts'
import type { Told } from '../../shared/words/language.ts'
import { problemWords } from '../../shared/words/problems.ts'
import { reasonWords } from '../../shared/words/reasons.ts'
import { roles } from '../../shared/words/roles.ts'
import { states } from '../../shared/words/states.ts'
import { permissionSets } from '../../shared/words/terms.ts'
import { namesIn, tell } from '../../shared/words/tell.ts'

const catalogue: [string, Words][] = Object.entries({ ...reasonWords, ...problemWords })

/** Every text there is, with a name to find it by. */
const told: readonly (readonly [string, Told])[] = [
  ...catalogue.flatMap(([word, { message, hint, consoleHint }]) =>
    [message, hint, consoleHint].flatMap((text) => (text ? [[word, text] as const] : [])),
  ),
  ...listErrcodes().flatMap(({ first, meaning, cure, consoleCure }) =>
    [meaning, cure, consoleCure].flatMap((text) => (text ? [[String(first), text] as const] : [])),
  ),
  ...Object.entries({ ...states, ...roles, ...permissionSets, ...codeWords }),
]

test('Chinese and English of every text name the same params', () => {
  for (const [word, { message, hint, consoleHint }] of catalogue)
    for (const told of [message, hint, consoleHint])
      assert.deepEqual(new Set(namesIn(told?.zh ?? '')), new Set(namesIn(told?.en ?? '')), word)
})

test('each text is in one language: Chinese with its own punctuation, English without a Chinese character', () => {
  for (const [word, { zh, en }] of told) {
    assert.match(zh, /\p{Script=Han}/u, word)
    assert.doesNotMatch(zh, /\p{Script=Han}\(|\)\p{Script=Han}|\p{Script=Han}[,;:?!]/u, word)
    assert.doesNotMatch(en, /[\p{Script=Han}，。：；、「」（）]/u, word)
  }
})

test('a reason is told with its params in their own words', () => {
  const subject = { word: 'ROLE_TOO_LOW', params: { needed: 'owner', role: 'viewer' } }
  assert.equal(tell(subject, 'en')?.message, 'This requires the role “Owner”; the caller is “Viewer”')
  assert.equal(tell(subject, 'zh')?.message, '此操作需要所有者权限，当前为观察者')
  assert.notEqual(tell(subject, 'zh', 'console')?.hint, tell(subject, 'zh')?.hint)
})

test('a part in double brackets is left out where its param is missing', () => {
  const word = 'ADDRESS_NOT_ALLOWED'
  assert.equal(tell({ word }, 'en')?.message, 'WeChat does not allow calls from this IP address')
  assert.equal(
    tell({ word, params: { address: '1.2.3.4' } }, 'en')?.message,
    'WeChat does not allow calls from this IP address: 1.2.3.4',
  )
})

test('the field that is wrong is named in the sentence', () => {
  assert.equal(tell({ word: 'NOT_TEXT', field: 'appid' }, 'zh')?.message, 'appid 须为文本')
  assert.equal(tell({ word: 'NOT_OBJECT' }, 'en')?.message, 'The input must be an object')
  assert.equal(tell({ word: 'NO_SUCH_WORD' }, 'en'), undefined)
})

test('HTTP callers get the language that they rank higher, else Chinese', () => {
  const cases: [string | undefined, 'zh' | 'en'][] = [
    [undefined, 'zh'],
    ['', 'zh'],
    ['en', 'en'],
    ['en-US,en;q=0.9', 'en'],
    ['zh-CN,zh;q=0.9,en;q=0.8', 'zh'],
    ['en;q=0.5,zh;q=0.9', 'zh'],
    ['zh;q=0.5, en;q=0.9', 'en'],
    ['de', 'zh'],
    ['de, en;q=0.1', 'en'],
    ['en;q=0', 'zh'],
    ['zh;q=0, *', 'en'],
    ['*', 'zh'],
    ['*;q=0.9, en;q=0.5', 'zh'],
    ['EN-gb', 'en'],
    ['en, zh', 'en'],
    ['zh, en', 'zh'],
    ['en;q=nonsense', 'zh'],
    ['en;q=1;;;,,', 'en'],
  ]
  for (const [header, language] of cases) assert.equal(languageOf(header), language, header)
})
