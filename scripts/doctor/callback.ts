import * as v from 'valibot'
import type { Ask } from '../admin/door.ts'
import { ok } from './finding.ts'
import type { Check } from './patient.ts'

const answer = v.object({
  ping: v.optional(
    v.array(v.looseObject({ ip: v.optional(v.string(), ''), package_loss: v.optional(v.string(), '') })),
    [],
  ),
})

/** Asks WeChat itself whether it reaches the address that it pushes to. Needs somebody to ask for the platform: an API key. */
export const checkCallback =
  (ask: Ask | undefined): Check =>
  async () => {
    if (!ask) return []
    const { ping } = v.parse(answer, await ask('callbackChecks.run', { body: { check_operator: 'DEFAULT' } }))
    const lost = ping.filter(({ package_loss: loss }) => loss === '100%')
    if (ping.length === 0 || lost.length < ping.length)
      return [ok('callback', '微信能访问回调地址', 'WeChat reaches the callback address')]
    return [
      {
        id: 'callback',
        level: 'error',
        what: {
          zh: `微信无法访问你的回调地址（${lost.map(({ ip }) => ip).join('、')}）`,
          en: `WeChat itself says that your address does not answer (${lost.map(({ ip }) => ip).join(', ')})`,
        },
        why: { zh: '收不到 ticket 与授权、审核事件', en: 'neither tickets nor events arrive' },
        click: {
          zh: '核对域名解析与证书；云开发控制台 → HTTP 访问服务',
          en: 'check DNS and certificate; CloudBase console → HTTP access',
        },
      },
    ]
  }
