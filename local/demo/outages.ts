import type { FaultInput } from '../wechat/faults.ts'
import type { WechatControl } from '../wechat/control/control.ts'

/** What is broken at WeChat right now, by name. */
export interface Outages {
  has(name: string): boolean
  begin(name: string, rule: FaultInput): Promise<void>
  end(name: string): Promise<void>
}

export const openOutages = (control: WechatControl): Outages => {
  const faultIds = new Map<string, number>()
  return {
    has: (name) => faultIds.has(name),
    async begin(name, rule) {
      if (faultIds.has(name)) return
      const { faultId } = await control.addFault(rule)
      faultIds.set(name, faultId)
    },
    async end(name) {
      const faultId = faultIds.get(name)
      if (faultId === undefined) return
      faultIds.delete(name)
      await control.removeFault({ faultId })
    },
  }
}
