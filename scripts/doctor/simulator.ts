/** The side door of the simulated WeChat, where the platform calls one. */
export interface Simulator {
  /** Authorizes a test account for the platform: a code that can be exchanged. */
  issueCode(account: {
    readonly appid: string
    readonly userName: string
    readonly accountType: string
  }): Promise<string>
  /** The customer-service text sent to this person, waited for a while. */
  awaitMessage(openid: string): Promise<string | undefined>
}

const WAIT_MS = 5000
const POLL_MS = 100

/** Undefined where the real WeChat stands, or nothing that has a side door. */
export async function findSimulator(base: string | undefined): Promise<Simulator | undefined> {
  if (base === undefined) return undefined
  const ask = async (name: string, input?: object): Promise<unknown> => {
    const response = await fetch(`${base}/__wechat/${name}`, {
      method: 'POST',
      ...(input && { body: JSON.stringify(input) }),
      signal: AbortSignal.timeout(WAIT_MS),
    })
    const answer: { readonly result?: unknown; readonly error?: string } = JSON.parse(await response.text())
    if (answer.error !== undefined) throw new Error(answer.error)
    return answer.result
  }
  try {
    await ask('customerMessages')
  } catch {
    return undefined
  }
  return {
    async issueCode({ appid, ...account }) {
      await ask('createMerchant', { appid, ...account, nickName: '全网发布检测' }).catch(() => undefined)
      const { value } = Object(await ask('createPreAuthCode'))
      const { authCode } = Object(await ask('authorize', { preAuthCode: value, appid }))
      return String(authCode)
    },
    async awaitMessage(openid) {
      for (let waited = 0; waited <= WAIT_MS; waited += POLL_MS) {
        const messages: readonly { readonly touser: string; readonly content: string }[] = Object(
          await ask('customerMessages'),
        )
        const found = messages.find(({ touser }) => touser === openid)
        if (found) return found.content
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
      }
      return undefined
    },
  }
}
