import * as v from 'valibot'
import { nothing, oneOf, pageOf, time, words, yesOrNo } from '../answers.ts'
import { idOf, namesOf } from '../callers/names.ts'
import { SESSION_HOURS } from '../callers/session-life.ts'
import { approveSignIn, denySignIn, endSession, listSessions, openSignIn } from '../callers/sessions.ts'
import { flaw } from '../input-flaws.ts'
import { page, text } from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import { databaseTime } from '../platform.ts'
import { present } from '../present.ts'
import { mapItems } from '../stores/page.ts'
import { lazily, told } from '../described-fields.ts'

const code = told(
  'What the QR code of the console says',
  '控制台二维码的内容',
  text(4096),
  'WyIwMTIz.c2lnbmVk.c2lnbmVk',
)
const check = told(
  'The two digits that the console shows beside it; wrong ones spend the code',
  '控制台显示的两位数字；输错则二维码失效',
  v.pipe(v.string(), v.regex(/^\d{2}$/, flaw('MALFORMED', { example: '42' }))),
  '42',
)
const sessionId = told('Id of the session', '会话编号', text(64), '0123456789abcdef0123456789abcdef')

const browser = words('What the browser calls itself', '浏览器', 'Chrome, macOS')

const session = lazily(() =>
  v.strictObject({
    sessionId: words('Id of the session', '会话编号', '0123456789abcdef0123456789abcdef'),
    browser,
    person: words('OPENID or uid of who is signed in', '登录者的 OPENID 或 uid', 'oAbc123'),
    name: v.optional(words('What the person is called', '称呼', 'Ming')),
    state: oneOf('Whether it still lets in', '是否有效', ['active', 'ended']),
    createdAt: time('When it was approved', '登录时间'),
    expiresAt: time('When it ends, or ended', '到期或结束时间'),
    current: v.optional(yesOrNo('It is the one that asks', '即当前会话')),
  }),
)

export const sessionOperations = {
  'sessions.get': reading({
    role: 'viewer',
    summary: {
      en: 'The browser behind a scanned sign-in code; for people in the mini program',
      zh: '查看扫到的登录二维码来自哪个浏览器；仅限本人在小程序中调用',
    },
    input: { code },
    output: lazily(() => v.strictObject({ browser, createdAt: time('When the code was made', '二维码生成时间') })),
    run: async (platform, input, { caller }) => {
      const asked = await openSignIn(platform, caller, input.code)
      return present(v.strictObject({ browser, createdAt: time('', '') }), asked)
    },
  }),
  'sessions.approve': changing({
    role: 'viewer',
    repeatable: true,
    summary: {
      en: `Let the browser in for ${SESSION_HOURS} hours, with your own role; for people in the mini program`,
      zh: `允许该浏览器以你的角色登录 ${SESSION_HOURS} 小时；仅限本人在小程序中调用`,
    },
    input: { code, check },
    output: nothing,
    run: (platform, input, { caller }) => approveSignIn(platform, caller, input.code, input.check),
  }),
  'sessions.deny': changing({
    role: 'viewer',
    repeatable: true,
    summary: {
      en: 'Refuse the browser; for people in the mini program',
      zh: '拒绝该浏览器登录；仅限本人在小程序中调用',
    },
    input: { code },
    output: nothing,
    run: (platform, input, { caller }) => denySignIn(platform, caller, input.code),
  }),
  'sessions.list': reading({
    role: 'viewer',
    summary: {
      en: 'Your sessions at the console, newest first; as an owner those of everybody',
      zh: '你在控制台的登录会话，新的在前；所有者可见全部',
    },
    input: page,
    output: lazily(() => pageOf(session())),
    run: async (platform, input, { caller }) => {
      const found = await listSessions(platform, caller, input)
      const names = await namesOf(
        platform,
        found.items.map(({ identity }) => identity),
      )
      return mapItems(found, ({ sessionId: id, identity, decidedAt, endsAt, browser: agent }) =>
        present(session(), {
          sessionId: id,
          browser: agent,
          person: idOf(identity),
          name: names.get(identity),
          state: endsAt > databaseTime(platform) ? ('active' as const) : ('ended' as const),
          createdAt: decidedAt,
          expiresAt: endsAt,
          ...(caller.session === id && { current: true }),
        }),
      )
    },
  }),
  'sessions.revoke': changing({
    role: 'viewer',
    repeatable: true,
    destructive: true,
    summary: { en: 'End a session of yours; as an owner anybody’s', zh: '结束自己的登录会话；所有者可结束任何人的' },
    input: { sessionId },
    output: nothing,
    run: (platform, input, run) => endSession(platform, input.sessionId, run),
  }),
}
