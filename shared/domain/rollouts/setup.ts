import * as v from 'valibot'
import type { Caller } from '../callers/caller.ts'
import { directly, serverDomains, webviewDomains } from '../miniprograms/domain-names.ts'
import type { Platform } from '../platform.ts'
import { guidelineKeys, ownerSetting } from '../miniprograms/privacy-shapes.ts'
import { ensurePrivacy } from '../miniprograms/privacy.ts'
import { setServerDomains } from '../miniprograms/server-domains.ts'
import type { RolloutRecord } from '../stores/rollouts.ts'
import { told } from '../described-fields.ts'
import { byRollout } from './rollout-caller.ts'
import { setWebviewDomains } from '../miniprograms/webview-domains.ts'

/** What new merchants are given before the commit. */
export const setupShape = v.strictObject({
  serverDomains: v.optional(told('Server domains', '服务器域名', v.strictObject(serverDomains))),
  webviewDomains: v.optional(webviewDomains),
  directly,
  privacy: v.optional(
    told(
      'Privacy guideline',
      '用户隐私保护指引',
      v.strictObject({ ownerSetting, settingList: v.optional(guidelineKeys) }),
    ),
  ),
})

/** An operator planned it: domains that the platform's own list lacks are refused with the cure. */
const planner: Caller = { identity: byRollout.who, role: 'operator' }

/** Writes domains and privacy guideline where they differ; what is right already costs a read. */
export async function setUp(platform: Platform, rollout: RolloutRecord, appid: string): Promise<void> {
  if (rollout.setup === undefined) return
  const setup = v.parse(setupShape, rollout.setup)
  const input = { appid, action: 'set', directly: setup.directly } as const
  if (setup.serverDomains) await setServerDomains(platform, planner, { ...input, ...setup.serverDomains })
  if (setup.webviewDomains) await setWebviewDomains(platform, planner, { ...input, domains: setup.webviewDomains })
  if (setup.privacy) await ensurePrivacy(platform, { appid, version: 2, ...setup.privacy })
}
