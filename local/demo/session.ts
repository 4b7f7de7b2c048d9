import * as v from 'valibot'
import type { Host } from '../host/host.ts'
import { askManage } from './answers.ts'
import { tell } from './world.ts'

const created = v.object({ keyId: v.string(), key: v.string() })

/** The owner's API key that the console signs in with here; made when it is first asked for, and again when it was revoked. */
export const openSession = (host: () => Host) => {
  let known: Promise<v.InferOutput<typeof created>> | undefined

  const create = (): Promise<v.InferOutput<typeof created>> =>
    tell(host(), 'apiKeys.create', { name: '演示控制台 · Demo console', role: 'owner' }, created)

  const isGood = async (key: string): Promise<boolean> => {
    const answer = await askManage(host(), 'bindings.get', { businessId: 'x' }, { apiKey: key })
    return answer.ok || answer.error.code !== 'UNAUTHENTICATED'
  }

  return async (): Promise<string> => {
    known ??= create()
    const { key } = await known.catch(() => (known = create()))
    if (await isGood(key)) return key
    known = create()
    return (await known).key
  }
}
