import { call } from './call.ts'

const known = new Map<string, string>()

/** At most so many questions at once: the client's own limit is 10 in all. */
const AT_ONCE = 4

/** What merchants are called, by appid; whoever cannot be asked keeps the appid. Asks for each once. */
export async function nameMerchants(appids: readonly string[]): Promise<Readonly<Record<string, string>>> {
  const waiting = [...new Set(appids)].filter((appid) => !known.has(appid))
  const askNext = async (): Promise<void> => {
    for (let appid = waiting.pop(); appid !== undefined; appid = waiting.pop()) await askName(appid)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, askNext))
  return Object.fromEntries(appids.map((appid) => [appid, known.get(appid) ?? appid]))
}

async function askName(appid: string): Promise<void> {
  try {
    rememberName(await call('authorizers.get', { appid }))
  } catch {
    // A name is an ornament: the appid stands in for it.
  }
}

export const rememberName = ({ appid, nickName }: { readonly appid: string; readonly nickName: string }): void => {
  if (nickName !== '') known.set(appid, nickName)
}
