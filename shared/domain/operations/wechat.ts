import * as v from 'valibot'
import { callFreely } from '../free-call.ts'
import { credentialNameIn, isCredentialPath, isPlainPath } from '../free-paths.ts'
import { appid, choice, jsonObject, text } from '../inputs.ts'
import { changing } from '../operation.ts'

const path = v.pipe(
  text(256),
  v.check(isPlainPath, 'must be a path such as /wxa/getversioninfo, without host, query, dots and escapes'),
  v.check(
    (value) => !isPlainPath(value) || !isCredentialPath(value),
    'hands out or uses up credentials; tokens.*, bindings.* and miniprograms.login do that',
  ),
)

const query = v.pipe(
  v.record(
    v.pipe(v.string('must be a string'), v.regex(/^[\w.-]{1,64}$/, 'has a name that is not allowed')),
    v.union([text(2048, 0), v.pipe(v.number(), v.finite()), v.boolean()], 'must be a text, a number, true or false'),
    'must be a flat object',
  ),
  v.check((value) => !Array.isArray(value), 'must be a flat object'),
)

export const wechatOperations = {
  'wechat.call': changing({
    role: 'owner',
    summary: "Call any API of WeChat's on an authorizer's or the platform's behalf",
    input: {
      appid: v.optional(appid),
      path,
      method: v.optional(choice(['GET', 'POST'])),
      query: v.optional(query),
      body: v.optional(jsonObject),
    },
    check: (input) => {
      if (input.method === 'GET' && input.body) return ['body', 'A GET has no body']
      const named = credentialNameIn(input.query, 'query') ?? credentialNameIn(input.body, 'body')
      return named === undefined
        ? undefined
        : [named.slice(0, 200), 'Credentials are never passed in; the token is added here']
    },
    readsBack: false,
    run: (platform, input) => callFreely(platform, input),
  }),
}
