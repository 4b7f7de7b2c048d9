import { MINUTE } from '../../time.ts'
import type { NewProblem } from './problems.ts'

/** No ticket for so long is a problem: WeChat pushes one every 10 minutes. */
export const TICKET_OVERDUE_MS = 30 * MINUTE

/** What is wrong with a latest ticket of this age, milliseconds; undefined for an age: none ever came. */
export function ticketProblem(age: number | undefined): NewProblem | undefined {
  if (age !== undefined && age < TICKET_OVERDUE_MS) return undefined
  return {
    code: 'TICKET_OVERDUE',
    message:
      age === undefined
        ? '微信还没有推送过 ticket。 WeChat has pushed no ticket yet.'
        : `微信已 ${Math.floor(age / MINUTE)} 分钟没有推送 ticket。 WeChat has pushed no ticket for ${Math.floor(age / MINUTE)} minutes.`,
    hint: '请核对开放平台填写的授权事件接收URL、消息校验Token、消息加解密Key，确认该地址能在 5 秒内应答，再运行 npm run doctor 逐项排查。 Check 授权事件接收URL, the message token and the EncodingAESKey in the console, and that the address answers success within 5 s; then run npm run doctor.',
  }
}
