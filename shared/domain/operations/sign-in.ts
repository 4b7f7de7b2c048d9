import * as v from 'valibot'
import { oneOf, time, words } from '../answers.ts'
import { SESSION_HOURS } from '../callers/session-life.ts'
import { flaw } from '../input-flaws.ts'
import { text } from '../inputs.ts'
import { told } from '../described-fields.ts'

/* What a browser says and hears that asks to be let in; it has no identity, so these are no operations. */

const hex32 = (en: string, zh: string) =>
  told(
    en,
    zh,
    v.pipe(v.string(), v.regex(/^[0-9a-fA-F]{64}$/, flaw('MALFORMED', { example: '9f86d0…' })), v.toLowerCase()),
    '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
  )

export const askShape = v.strictObject({
  secretHash: hex32(
    'SHA-256, in hex, of 32 random bytes that only this browser has',
    '仅此浏览器持有的 32 个随机字节的 SHA-256（十六进制）',
  ),
  browser: v.optional(
    told(
      'What the browser calls itself, for the person to read',
      '浏览器名称，供批准者核对',
      v.pipe(text(200, 0), v.regex(/^\P{Cc}*$/u, flaw('CONTROL_CHARACTERS'))),
      'Chrome, macOS',
    ),
  ),
})

export const askedShape = v.strictObject({
  sessionId: words('Names what was asked', '本次登录的编号', '0123456789abcdef0123456789abcdef'),
  code: words(
    'Shown as a QR code, for the admins’ mini program',
    '显示为二维码，用管理小程序扫描',
    'WyIwMTIz.c2ln.c2ln',
  ),
  check: words('Two digits to be typed on the phone', '在手机上输入的两位数字', '42'),
  expiresAt: time('Until when it may be scanned: two minutes', '两分钟后失效'),
})

export const pollShape = v.strictObject({
  code: told('As it was answered', '上一步返回的 code', text(4096), 'WyIwMTIz.c2ln.c2ln'),
  secret: hex32('The 32 bytes, in hex', '上述 32 个随机字节（十六进制）'),
})

export const polledShape = v.strictObject({
  state: oneOf('What came of it', '结果', ['pending', 'denied', 'expired', 'approved']),
  token: v.optional(
    words(`A Bearer of this API for ${SESSION_HOURS} hours`, `${SESSION_HOURS} 小时内有效的 Bearer 令牌`, 'mfs_0123…'),
  ),
  expiresAt: v.optional(time('Until when it lets in', '到期时间')),
})
