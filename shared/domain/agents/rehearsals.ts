import { readingRun } from '../callers/activity.ts'
import type { Admitted } from '../operation.ts'
import { tableOf } from '../operations/table.ts'
import type { Platform } from '../platform.ts'
import { audienceOf } from './plan-snapshot.ts'

/* What an operation would do: rendered, checked and compared; nothing is sent that changes anything. */

const chosen = (input: object, names: readonly string[]): object =>
  Object.fromEntries(Object.entries(input).filter(([name]) => names.includes(name)))

export async function rehearse(platform: Platform, { name, input, caller }: Admitted): Promise<object> {
  const ask = async (operation: string, members: object): Promise<unknown> =>
    (await tableOf(operation))[operation]?.take(members).run(platform, readingRun(caller))
  const copy = chosen(input, ['templateId', 'ext', 'extJson', 'extVars'])
  const ofVersion = { ...copy, ...chosen(input, ['version']) }
  if (name === 'releases.commit') {
    const account = chosen(input, ['appid'])
    return {
      dryRun: true,
      rendered: await ask('releases.render', { ...copy, ...account }),
      compared: await ask('releases.compare', { ...ofVersion, appids: Object.values(account) }),
    }
  }
  const { total, merchants } = await audienceOf(platform, input)
  const appids = merchants.map(({ appid }) => appid)
  return {
    dryRun: true,
    total,
    checked: await ask('releases.preflight', { ...ofVersion, appids }),
    compared: await ask('releases.compare', { ...ofVersion, appids }),
  }
}
