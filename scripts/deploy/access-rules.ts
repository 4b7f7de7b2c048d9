import { isDeepStrictEqual } from 'node:util'
import type { Step } from './step.ts'

/** Those that an admin's mini program or console may call; all others answer HTTP, timers and servers only. */
export const clientFunctions = ['bindAuthorizer', 'commitCode', 'submitAudit', 'release', 'manage'] as const

const signedIn = "auth != null && auth.loginType != 'ANONYMOUS'"

const isClient = (name: string): boolean => clientFunctions.some((client) => client === name)

type Rules = Readonly<Record<string, unknown>>

/**
 * Concerns calls of client SDKs only. Each of our functions has a rule of its own; those of other projects in the environment stay as
 * they are, the one for all that have none included.
 */
export function rulesBeside(present: Rules, ours: readonly string[]): Rules {
  return {
    '*': { invoke: false },
    ...present,
    ...Object.fromEntries(ours.map((name) => [name, { invoke: isClient(name) ? signedIn : false }])),
  }
}

export const parseRules = (text: string | undefined): Rules => {
  try {
    const rules: unknown = JSON.parse(text ?? '')
    return typeof rules === 'object' && rules !== null ? { ...rules } : {}
  } catch {
    return {}
  }
}

export const rulesStep: Step = {
  title: { zh: '云函数安全规则', en: 'security rules of the functions' },
  async plan({ cloud, project }) {
    const ours = project.functions.map(({ name }) => name)
    const present = parseRules(await cloud.functionRules())
    const wanted = rulesBeside(present, ours)
    const isSet = async (): Promise<boolean> => isDeepStrictEqual(parseRules(await cloud.functionRules()), wanted)
    if (isDeepStrictEqual(present, wanted)) return []
    return [
      {
        what: {
          zh: `客户端只能调用 ${clientFunctions.join('、')}（其他项目的规则不变）`,
          en: `clients may call ${clientFunctions.join(', ')} and nothing else of ours; rules of other projects stay`,
        },
        apply: () => cloud.setFunctionRules(JSON.stringify(wanted)),
        arrived: isSet,
      },
    ]
  },
}
