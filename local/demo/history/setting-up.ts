import { order } from '../world.ts'
import { packages, promote, uploadDraft } from './packages.ts'
import type { Chapter } from './seeding.ts'

/** What a service provider does on its first day. */
export const settingUp: Chapter = {
  title: {
    zh: '开发者上传代码，平台配置域名，同事加入',
    en: 'Developers upload code, the platform gets its domains, colleagues join',
  },
  size: 3,
  async run(world, tick) {
    const { host } = world
    for (const code of [packages.shop10, packages.shop11, packages.booking20]) await promote(world, code)
    for (const code of [packages.shop12, packages.booking21]) await uploadDraft(world, code)
    tick()
    const domains = ['api.shop.example.com', 'pay.shop.example.com']
    await order(host, 'platform.setServerDomains', { action: 'add', domains })
    await order(host, 'platform.setWebviewDomains', { action: 'add', domains: ['m.shop.example.com'] })
    tick()
    await order(host, 'subscriptions.put', { url: `${host.url}/demo/webhook`, match: {} })
    await order(host, 'apiKeys.create', { name: '收银系统', role: 'operator' })
    await order(host, 'admins.put', { id: 'o-xiaomei-operator', role: 'operator', name: '小美（运营）' })
    await order(host, 'admins.put', { id: 'o-laoli-viewer', role: 'viewer', name: '老李（客服）' })
    tick()
  },
}
