import assert from 'node:assert/strict'
import { test } from 'node:test'
import * as fc from 'fast-check'
import { MessageRefused } from '../../shared/wechat/message-refused.ts'
import { readEnvelopeXml } from '../../shared/wechat/envelope-xml.ts'
import { readPush, renderPushXml } from '../../shared/wechat/messages.ts'

const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value))

test('reads the envelope of both URLs', () => {
  assert.deepEqual(
    readEnvelopeXml('<xml><AppId><![CDATA[wx1]]></AppId>\n<Encrypt><![CDATA[a+/=]]></Encrypt></xml>\n'),
    { encrypt: 'a+/=', appId: 'wx1' },
  )
  assert.deepEqual(readEnvelopeXml('<xml>\n <ToUserName>gh_1</ToUserName>\n <Encrypt>abc=</Encrypt>\n</xml>'), {
    encrypt: 'abc=',
    toUserName: 'gh_1',
  })
  // As common XML writers begin.
  assert.deepEqual(
    readEnvelopeXml(
      '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<xml>\n  <Encrypt>abc=</Encrypt>\n</xml>',
    ),
    { encrypt: 'abc=' },
  )
})

test('refuses any other envelope', () => {
  const bodies = [
    '',
    'success',
    '<xml></xml>',
    '<xml><AppId>wx1</AppId></xml>',
    '<xml><Encrypt></Encrypt></xml>',
    '<xml><Encrypt>a</Encrypt><Encrypt>b</Encrypt></xml>',
    '<xml><Encrypt>a</Encrypt><InfoType>authorized</InfoType></xml>',
    '<xml><AppId>wx1</AppId><ComponentVerifyTicket>t</ComponentVerifyTicket><Encrypt>a</Encrypt></xml>',
    '<xml><Encrypt>a</Encrypt>text</xml>',
    '<xml><Encrypt><!-- x -->a</Encrypt></xml>',
    '<xml><Encrypt x="1">a</Encrypt></xml>',
    '<xml><Encrypt>&#97;</Encrypt></xml>',
    '<!DOCTYPE xml><xml><Encrypt>a</Encrypt></xml>',
    '<?xml version="1.0"?><!DOCTYPE xml><xml><Encrypt>a</Encrypt></xml>',
    '<?xml version="1.0"?><?xml version="1.0"?><xml><Encrypt>a</Encrypt></xml>',
    '<?php x?><xml><Encrypt>a</Encrypt></xml>',
    '<xml><Encrypt>a</AppId></xml>',
    '<root><Encrypt>a</Encrypt></root>',
    '{"Encrypt":"a"}',
  ]
  for (const body of bodies) assert.throws(() => readEnvelopeXml(body), MessageRefused, body)
})

test('reads a ticket and an authorization', () => {
  assert.deepEqual(
    plain(
      readPush(
        '<xml><AppId>wx1</AppId><CreateTime>1413192605</CreateTime><InfoType>component_verify_ticket</InfoType>\n<ComponentVerifyTicket>ticket@@@x</ComponentVerifyTicket></xml>',
      ),
    ),
    {
      AppId: 'wx1',
      CreateTime: '1413192605',
      InfoType: 'component_verify_ticket',
      ComponentVerifyTicket: 'ticket@@@x',
    },
  )
  assert.deepEqual(
    plain(
      readPush(
        '<?xml version="1.0" encoding="UTF-8"?>\n<xml><InfoType><![CDATA[order_path_audit_result_notify]]></InfoType><list><appid>a</appid></list><list><appid>b</appid></list></xml>',
      ),
    ),
    { InfoType: 'order_path_audit_result_notify', list: [{ appid: 'a' }, { appid: 'b' }] },
  )
})

test('a value stays as it was sent', () => {
  const rows: [string, string][] = [
    ['007', '007'],
    ['1e3', '1e3'],
    ['12345678901234567890', '12345678901234567890'],
    ['true', 'true'],
    ['  spaces  ', '  spaces  '],
    ['<![CDATA[ \n ]]>', ' \n '],
    ['a &lt;b&gt; &amp;amp; &quot;c&quot; &apos;', 'a <b> &amp; "c" \''],
    ['&#20013;&#x6587;', '中文'],
    ['<![CDATA[<br>&amp;&nbsp;]]>', '<br>&amp;&nbsp;'],
    ['<![CDATA[a]]]]><![CDATA[>b]]>', 'a]]>b'],
    ['<![CDATA[x]]]>', 'x]'],
    [' <![CDATA[a]]> ', ' a '],
    ['line\r\nbreak\ttab', 'line\r\nbreak\ttab'],
    ['', ''],
  ]
  for (const [sent, expected] of rows) assert.equal(readPush(`<xml><v>${sent}</v></xml>`)['v'], expected, sent)
  assert.equal(readPush('<xml><v/></xml>')['v'], '')
  assert.deepEqual(plain(readPush('<xml></xml>')), {})
})

test('names that objects have anyway are not there', () => {
  const fields = readPush('<xml><a>1</a></xml>')
  assert.equal(fields['toString'], undefined)
  assert.equal(fields['__proto__'], undefined)
  assert.equal(fields['constructor'], undefined)
})

test('refuses every kind of XML that WeChat does not write', () => {
  const rows: [string, string][] = [
    ['doctype', '<!DOCTYPE xml [<!ENTITY a "b">]><xml><a>&a;</a></xml>'],
    ['external entity', '<!DOCTYPE xml SYSTEM "file:///etc/passwd"><xml></xml>'],
    ['doctype inside', '<xml><!DOCTYPE a><a>1</a></xml>'],
    ['HTML entity', '<xml><a>&copy;</a></xml>'],
    ['entity named like a method', '<xml><a>&constructor;</a></xml>'],
    ['unfinished entity', '<xml><a>&amp</a></xml>'],
    ['lone ampersand', '<xml><a>a & b</a></xml>'],
    ['NUL entity', '<xml><a>&#0;</a></xml>'],
    ['surrogate entity', '<xml><a>&#xD800;</a></xml>'],
    ['entity beyond Unicode', '<xml><a>&#x110000;</a></xml>'],
    ['processing instruction', '<xml><?php echo 1 ?></xml>'],
    ['stylesheet', '<?xml-stylesheet href="x"?><xml></xml>'],
    ['late declaration', '<xml><?xml version="1.0"?></xml>'],
    ['other encoding', '<?xml version="1.0" encoding="GBK"?><xml></xml>'],
    ['comment', '<xml><!-- a --><a>1</a></xml>'],
    ['attribute', '<xml><a b="1">1</a></xml>'],
    ['attribute on the root', '<xml xmlns="urn:x"><a>1</a></xml>'],
    ['other root', '<root><a>1</a></root>'],
    ['two roots', '<xml></xml><xml></xml>'],
    ['text around the root', 'a<xml></xml>'],
    ['text only', '<xml>text</xml>'],
    ['text beside elements', '<xml><a>x<b>1</b></a></xml>'],
    ['elements beside text', '<xml><a><b>1</b>x</a></xml>'],
    ['CDATA beside elements', '<xml><a><b>1</b><![CDATA[ ]]></a></xml>'],
    ['__proto__', '<xml><__proto__><a>1</a></__proto__></xml>'],
    ['constructor', '<xml><constructor>1</constructor></xml>'],
    ['toString', '<xml><toString>1</toString></xml>'],
    ['the text key of the parser', '<xml><_>1</_></xml>'],
    ['not closed', '<xml><a>1</xml>'],
    ['closed crosswise', '<xml><a><b>1</a></b></xml>'],
    ['cut off', '<xml><a>1</a>'],
    ['unfinished CDATA', '<xml><a><![CDATA[1</a></xml>'],
    ['nothing', ''],
    ['JSON', '{"a":1}'],
    ['17 deep', `<xml>${'<a>'.repeat(16)}1${'</a>'.repeat(16)}</xml>`],
    ['too many elements', `<xml>${'<a/>'.repeat(2001)}</xml>`],
    ['too many entities', `<xml><a>${'&lt;'.repeat(8001)}</a></xml>`],
    ['too long', `<xml><a>${'x'.repeat(65_536)}</a></xml>`],
  ]
  for (const [name, message] of rows) assert.throws(() => readPush(message), MessageRefused, name)
})

test('reads up to 16 deep and 2000 elements', () => {
  assert.ok(readPush(`<xml>${'<a>'.repeat(15)}1${'</a>'.repeat(15)}</xml>`)['a'])
  assert.deepEqual(readPush(`<xml>${'<a>1</a>'.repeat(1999)}</xml>`)['a'], Array(1999).fill('1'))
})

test('what is rendered is read back', () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9_]{0,8}$/).filter((one) => !(one in Object.prototype))
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom(']', '>', '<', '&', ' ', '\n', '中'), fc.string({ maxLength: 1, minLength: 1 })),
  })
  const leaf = fc.dictionary(name, text, { minKeys: 1, maxKeys: 4 })
  const list = fc.array(text, { minLength: 2, maxLength: 4 })
  fc.assert(
    fc.property(fc.dictionary(name, fc.oneof(text, list, leaf), { maxKeys: 6 }), (fields) => {
      assert.deepEqual(plain(readPush(renderPushXml(fields))), plain(fields))
    }),
    { seed: 4, numRuns: 500 },
  )
})

test('random and mutated XML is read or refused, nothing else', () => {
  const pieces = fc.constantFrom(
    '<xml>',
    '</xml>',
    '<a>',
    '</a>',
    '<a/>',
    '<![CDATA[',
    ']]>',
    '&lt;',
    '&',
    '<!--',
    '<?',
    '<!DOCTYPE',
    ' ',
    'x',
    '"',
    '=',
  )
  fc.assert(
    fc.property(fc.array(fc.oneof(pieces, fc.string({ maxLength: 3 })), { maxLength: 40 }), (parts) => {
      for (const text of [parts.join(''), `<xml>${parts.join('')}</xml>`]) {
        for (const read of [readPush, readEnvelopeXml]) {
          try {
            read(text)
          } catch (error) {
            assert.ok(error instanceof MessageRefused, String(error))
          }
        }
      }
    }),
    { seed: 5, numRuns: 2000 },
  )
})
