import assert from 'node:assert/strict'
import { test } from 'node:test'
import { ExtJsonRefused, renderExtJson, type ExtJsonInput } from '../../shared/wechat/ext-json.ts'

const render = (input: Partial<ExtJsonInput>): unknown =>
  JSON.parse(renderExtJson({ extAppid: 'wx1', standardTemplate: false, variables: {}, ...input }))

const assertRefused = (input: Partial<ExtJsonInput>, field: string, reason: RegExp): void => {
  assert.throws(
    () => render(input),
    (error) => {
      assert.ok(error instanceof ExtJsonRefused, String(error))
      assert.equal(error.field, field)
      assert.match(`${error.reason} ${JSON.stringify(error.params)}`, reason)
      return true
    },
    field,
  )
}

test('the smallest one names the mini program', () => {
  assert.equal(
    renderExtJson({ extAppid: 'wx1', standardTemplate: false, variables: {} }),
    '{"extEnable":true,"extAppid":"wx1"}',
  )
})

test('variables are filled in whole and inside texts, also in nested ones', () => {
  assert.deepEqual(
    render({
      ext: { tenant: '{{tenant}}', api: 'https://{{host}}/{{tenant}}', deep: [{ a: '{{门店}}' }], n: 1, no: null },
      extJson: { window: { navigationBarTitleText: '{{门店}}·{{tenant}}' }, pages: ['pages/{{tenant}}/index'] },
      variables: { tenant: 't-17', host: 'api.example.cn', 门店: '一号店' },
    }),
    {
      extEnable: true,
      extAppid: 'wx1',
      ext: { tenant: 't-17', api: 'https://api.example.cn/t-17', deep: [{ a: '一号店' }], n: 1, no: null },
      window: { navigationBarTitleText: '一号店·t-17' },
      pages: ['pages/t-17/index'],
    },
  )
})

test('the text of a variable is only text', () => {
  assert.deepEqual(render({ ext: { a: '{{x}}' }, variables: { x: '{{y}} $& "quoted"' } }), {
    extEnable: true,
    extAppid: 'wx1',
    ext: { a: '{{y}} $& "quoted"' },
  })
})

test('refuses by name', () => {
  const rows: [Partial<ExtJsonInput>, string, RegExp][] = [
    [{ ext: { a: { b: '{{shop}}' } } }, 'ext.a.b', /VARIABLE_MISSING.*shop/],
    [{ ext: { a: '{{constructor}}' } }, 'ext.a', /VARIABLE_MISSING.*constructor/],
    [{ ext: { a: '{{__proto__}}' } }, 'ext.a', /VARIABLE_MISSING.*__proto__/],
    [{ ext: { list: ['', '{{ shop }}'] } }, 'ext.list.1', /PLACEHOLDER_MALFORMED/],
    [{ ext: { a: 'x {{shop' } }, 'ext.a', /PLACEHOLDER_MALFORMED/],
    [{ ext: { a: '{{}}' } }, 'ext.a', /PLACEHOLDER_MALFORMED/],
    [{ extJson: { window: { navigationBarTitleText: '{{shop}}' } } }, 'extJson.window.navigationBarTitleText', /shop/],
    [{ extJson: { windows: {} } }, 'extJson.windows', /EXT_KEY_UNKNOWN \{"known":\["extPages",/],
    [{ extJson: { ext: {} } }, 'extJson.ext', /EXT_KEY_UNKNOWN/],
    [{ extJson: { extAppid: 'wx2' } }, 'extJson.extAppid', /EXT_KEY_UNKNOWN/],
    [{ extJson: { directCommit: true } }, 'extJson.directCommit', /EXT_KEY_UNKNOWN/],
    [{ extJson: { pages: 'a' } }, 'extJson.pages', /MALFORMED_FOR_WECHAT.*Array/],
    [{ extJson: { plugins: [] } }, 'extJson.plugins', /NOT_OBJECT/],
    [{ extJson: { plugins: { p: { version: '1' } } } }, 'extJson.plugins.p.provider', /MALFORMED_FOR_WECHAT/],
    [{ extJson: { requiredPrivateInfos: [1] } }, 'extJson.requiredPrivateInfos.0', /MALFORMED_FOR_WECHAT.*string/],
    [{ ext: JSON.parse('{"__proto__": {"a": 1}}') as Record<string, unknown> }, 'ext.__proto__', /NAME_NOT_ALLOWED/],
    [{ ext: { a: Number.NaN } }, 'ext.a', /NOT_JSON/],
    [{ ext: { a: undefined } }, 'ext.a', /NOT_JSON/],
  ]
  for (const [input, field, reason] of rows) assertRefused(input, field, reason)
})

const cpuMs = (work: () => void): number => {
  const begun = process.cpuUsage()
  work()
  return process.cpuUsage(begun).user / 1000
}

test('however long a text is, it is read once, and what comes out is bounded', () => {
  for (const part of ['{{', '{{a', '{', '}}', '{{a}}', '{{a}}{{', '{{{{a}}'])
    for (const text of [part.repeat(2_000_000 / part.length), 'x'.repeat(900_000) + part])
      assert.ok(
        cpuMs(() => {
          try {
            render({ ext: { a: text }, variables: { a: '1' } })
          } catch (error) {
            assert.ok(error instanceof ExtJsonRefused)
          }
        }) < 500,
        part,
      )
  assertRefused({ ext: { a: '{{a}}'.repeat(1000) }, variables: { a: 'x'.repeat(1001) } }, 'ext.a', /TEXTS_TOO_LONG/)
  assertRefused({ ext: { a: 'x'.repeat(600_000), b: ['x'.repeat(400_001)] } }, 'ext.b.0', /TEXTS_TOO_LONG/)
})

test('a nesting that would never end is refused', () => {
  const ext: Record<string, unknown> = {}
  ext['self'] = ext
  assert.throws(() => render({ ext }), ExtJsonRefused)
})

test('a standard template takes ext and window only', () => {
  assert.deepEqual(render({ standardTemplate: true, ext: { a: '1' }, extJson: { window: { x: 1 } } }), {
    extAppid: 'wx1',
    ext: { a: '1' },
    window: { x: 1 },
  })
  assertRefused({ standardTemplate: true, extJson: { pages: [] } }, 'extJson.pages', /STANDARD_TEMPLATE_KEY/)
})

test('every key of the grammar', () => {
  const extJson = {
    extPages: { 'pages/index/index': { navigationBarTitleText: '首页' } },
    pages: ['pages/index/index'],
    subPackages: [{ root: 'sub', pages: [] }],
    window: { backgroundColor: '#fff' },
    networkTimeout: { request: 10_000 },
    tabBar: { list: [] },
    customOpen: {},
    functionPages: {},
    functionalPages: true,
    navigateToMiniProgramAppIdList: ['wx2'],
    plugins: { p: { version: '1.0.0', provider: 'wx3' } },
    requiredPrivateInfos: ['chooseAddress'],
    sitemap: { rules: [] },
  }
  assert.deepEqual(render({ extJson }), { extEnable: true, extAppid: 'wx1', ...extJson })
})
