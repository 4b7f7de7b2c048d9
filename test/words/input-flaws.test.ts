import assert from 'node:assert/strict'
import { test } from 'node:test'
import { tableOf } from '../../shared/domain/operations/table.ts'
import { Failure } from '../../shared/errors.ts'

/** What an operation says of an input: reason, field, params. */
async function flawOf(name: string, input: unknown): Promise<unknown[]> {
  const operation = (await tableOf(name))[name]
  assert.ok(operation, name)
  try {
    operation.take(input)
    return []
  } catch (error) {
    assert.ok(error instanceof Failure, String(error))
    return [error.reason, error.field, error.params ?? {}]
  }
}

test('what is wrong with an input is told by a reason, its field and what it should be', async () => {
  const link = { businessId: 'b1' }
  const rows: [string, unknown, unknown[]][] = [
    ['bindings.createLink', link, []],
    ['bindings.createLink', {}, ['REQUIRED', 'businessId', {}]],
    ['bindings.createLink', { ...link, unknown: 1 }, ['NOT_KNOWN_HERE', 'unknown', {}]],
    ['bindings.createLink', { businessId: 7 }, ['NOT_TEXT', 'businessId', {}]],
    [
      'bindings.createLink',
      { businessId: '商户' },
      ['CHARACTERS_NOT_ALLOWED', 'businessId', { max: 64, allowed: 'A-Z a-z 0-9 _ . : -' }],
    ],
    ['bindings.createLink', { ...link, appid: '?' }, ['MALFORMED', 'appid', { example: 'wx1234567890abcdef' }]],
    ['bindings.createLink', { ...link, attributes: { a: 1 } }, ['NOT_TEXT', 'attributes.a', {}]],
    ['bindings.createLink', { ...link, attributes: 'x' }, ['NOT_OBJECT', 'attributes', {}]],
    ['bindings.createLink', { ...link, expiresInHours: '1' }, ['NOT_NUMBER', 'expiresInHours', {}]],
    ['bindings.createLink', { ...link, expiresInHours: 1.5 }, ['NOT_INTEGER', 'expiresInHours', {}]],
    [
      'bindings.createLink',
      { ...link, accountType: 'store' },
      ['NOT_ONE_OF', 'accountType', { choices: ['miniprogram', 'official', 'any'] }],
    ],
    ['bindings.list', { limit: 0 }, ['TOO_SMALL', 'limit', { min: 1 }]],
    ['bindings.list', { limit: 101 }, ['TOO_LARGE', 'limit', { max: 100 }]],
    ['bindings.list', { cursor: '' }, ['EMPTY', 'cursor', {}]],
    ['bindings.list', { cursor: 'x'.repeat(513) }, ['TOO_LONG', 'cursor', { max: 512 }]],
    ['bindings.list', 'x', ['NOT_OBJECT', undefined, {}]],
    ['bindings.list', [], ['NOT_OBJECT', undefined, {}]],
    ['bindings.bind', link, ['GIVE_ONE_OF', 'authCode', { choices: ['authCode', 'appid'] }]],
    ['releases.preflight', { appids: [] }, ['EMPTY', 'appids', {}]],
    ['releases.preflight', { appids: Array(51).fill('wx1') }, ['TOO_MANY', 'appids', { max: 50 }]],
    ['releases.preflight', { appids: ['wx1', 7] }, ['NOT_TEXT', 'appids.1', {}]],
    ['miniprograms.setVisibility', { appid: 'wx1', visible: 'yes' }, ['NOT_BOOLEAN', 'visible', {}]],
    [
      'miniprograms.setWebviewDomains',
      { appid: 'wx1', action: 'add', domains: ['http://a.example.com'] },
      ['DOMAIN_SCHEME', 'domains.0', { schemes: ['https://'] }],
    ],
  ]
  for (const [name, input, expected] of rows)
    assert.deepEqual(await flawOf(name, input), expected, JSON.stringify(input))
})
