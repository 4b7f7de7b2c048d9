import type { LiveFunction } from './live-function.ts'
import type { Change, Deployment, Step } from './step.ts'
import { deployWithCli } from './tcb.ts'
import { DeployError } from './words.ts'

const NAME = 'SEAL_KEYS'

/**
 * A new first key seals at once in the functions that have it, while others still run with the former list and could not open what it
 * sealed. So all get it at the end of their list first, where it opens and does not seal; the step after this one puts it first.
 */
export const sealKeysStep: Step = {
  title: { zh: '让所有云函数先能打开新密钥加密的数据', en: 'have all functions open what a new key seals' },
  async plan(deployment) {
    const live = await readLive(deployment)
    const order = openingOrder(
      keysIn(deployment.values.templates[NAME] ?? ''),
      live.map(({ keys }) => keys),
    )
    return order
      ? [
          deployOpening(
            deployment,
            live.map(({ name }) => name),
            order,
          ),
        ]
      : []
  },
}

/** The list in which the new first key opens and does not seal yet; undefined where every function knows it. */
export function openingOrder(
  wanted: readonly string[],
  live: readonly (readonly string[])[],
): readonly string[] | undefined {
  const [first] = wanted
  const [former] = live.find((keys) => first !== undefined && keys.length > 0 && !keys.includes(first)) ?? []
  // Without the former key nothing could be opened in any order: what the next step does is what was asked for.
  if (former === undefined || !wanted.includes(former)) return undefined
  return [former, ...wanted.filter((key) => key !== former)]
}

const keysIn = (text: string): readonly string[] =>
  text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '')

async function readLive({ project, cloud }: Deployment): Promise<readonly { name: string; keys: readonly string[] }[]> {
  const found: { name: string; keys: readonly string[] }[] = []
  for (const { name } of project.functions) {
    const live: LiveFunction | undefined = await cloud.findFunction(name)
    if (live) found.push({ name, keys: keysIn(live.variables[NAME] ?? '') })
  }
  return found
}

const deployOpening = (deployment: Deployment, names: readonly string[], order: readonly string[]): Change => ({
  what: {
    zh: `${names.length} 个云函数先把新密钥放在 SEAL_KEYS 末尾（下一步才放到首位）`,
    en: `put the new key at the end of SEAL_KEYS of ${names.length} functions; the next step puts it first`,
  },
  apply: async () => {
    const { values } = deployment
    const templates = { ...values.templates, [NAME]: order.join(',') }
    const { deployed } = await deployWithCli({ ...deployment, values: { ...values, templates } }, [...names])
    const missing = names.filter((name) => !deployed.includes(name))
    if (missing.length > 0)
      throw new DeployError(
        { zh: `新密钥没有送达 ${missing.join('、')}`, en: `the new key did not reach ${missing.join(', ')}` },
        { zh: '重新执行 npm run deploy', en: 'run npm run deploy again' },
      )
  },
})
