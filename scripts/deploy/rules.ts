import { isDeepStrictEqual } from 'node:util'
import type { Step } from './step.ts'

/** Those that an admin's mini program or console may call; all others answer HTTP, timers and servers only. */
export const clientFunctions = ['bindAuthorizer', 'commitCode', 'submitAudit', 'release', 'manage'] as const

const signedIn = "auth != null && auth.loginType != 'ANONYMOUS'"

/** Concerns calls of client SDKs only. */
export const functionRules: Readonly<Record<string, { readonly invoke: boolean | string }>> = {
  '*': { invoke: false },
  ...Object.fromEntries(clientFunctions.map((name) => [name, { invoke: signedIn }])),
}

export const rulesStep: Step = {
  title: { zh: '云函数安全规则', en: 'security rules of the functions' },
  async plan({ cloud }) {
    const isSet = async (): Promise<boolean> => {
      const present = await cloud.functionRules()
      return present !== undefined && isDeepStrictEqual(parse(present), functionRules)
    }
    if (await isSet()) return []
    return [
      {
        what: {
          zh: `客户端只能调用 ${clientFunctions.join('、')}`,
          en: `clients may call ${clientFunctions.join(', ')} and nothing else`,
        },
        apply: () => cloud.setFunctionRules(JSON.stringify(functionRules)),
        arrived: isSet,
      },
    ]
  },
}

const parse = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
