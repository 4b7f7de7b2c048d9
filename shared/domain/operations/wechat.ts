import * as v from 'valibot'
import { callFreely } from '../free-call.ts'
import { credentialNameIn, isCredentialPath, isPlainPath } from '../free-paths.ts'
import { answeredFile } from '../files/answered-file.ts'
import { appid, choice, jsonObject, text } from '../inputs.ts'
import { fileOfAnyPart } from '../files/given-file.ts'
import { flaw } from '../input-flaws.ts'
import { changing } from '../operation.ts'
import { lazily, told } from '../described-fields.ts'

const path = told(
  "Of WeChat's API",
  '微信接口路径',
  v.pipe(
    text(256),
    v.check(isPlainPath, flaw('MALFORMED', { example: '/wxa/getversioninfo' })),
    v.check(
      (value) => !isPlainPath(value) || !isCredentialPath(value),
      'hands out or uses up credentials; tokens.*, bindings.* and miniprograms.login do that',
    ),
  ),
  '/wxa/getversioninfo',
)

const query = told(
  'Without the token',
  '不含 token',
  v.pipe(
    v.record(
      v.pipe(v.string(), v.regex(/^[\w.-]{1,64}$/, flaw('NAME_NOT_ALLOWED'))),
      v.union([text(2048, 0), v.pipe(v.number(), v.finite()), v.boolean()], flaw('NOT_SCALAR')),
    ),
    v.check((value) => !Array.isArray(value), flaw('NOT_OBJECT')),
  ),
  { type: 'image' },
)

/** WeChat's own answer, or the file that it sent. */
const wechatReply = lazily(() => v.union([...answeredFile().options, v.object({})]))

export const wechatOperations = {
  'wechat.call': changing({
    role: 'owner',
    destructive: true,
    summary: {
      en: "Call any API of WeChat's on an authorizer's or the platform's behalf",
      zh: '以授权账号或第三方平台的名义调用任意微信接口',
    },
    input: {
      appid: v.optional(appid),
      path,
      method: v.optional(
        told('Default: POST with a body, else GET', '缺省：有 body 用 POST，否则 GET', choice(['GET', 'POST'])),
      ),
      query: v.optional(query),
      body: v.optional(told("WeChat's fields", '微信字段', jsonObject, {})),
      file: v.optional(fileOfAnyPart),
    },
    output: wechatReply,
    check: (input) => {
      if (input.method === 'GET' && input.body) return ['body', 'BODY_WITH_GET']
      if (input.method === 'GET' && input.file) return ['file', 'BODY_WITH_GET']
      const named = credentialNameIn(input.query, 'query') ?? credentialNameIn(input.body, 'body')
      return named === undefined ? undefined : [named.slice(0, 200), 'CREDENTIAL_GIVEN']
    },
    readsBack: false,
    run: (platform, input) => callFreely(platform, input),
  }),
}
