import { useOperation } from './use-operation.ts'
import { activityTexts } from '../text/activity.ts'
import { useTexts } from '../text/language.ts'

/** Who stands behind an identity of the activity log. */
export type Who = (identity: string) => string

const MOST = 100

/** Names of people and keys, for those who may read them; others see the identity itself, and have nobody to choose from. */
export const useWho = (): { readonly who: Who; readonly known: ReadonlyMap<string, string> } => {
  const texts = useTexts(activityTexts)
  const people = useOperation('admins.list', { limit: MOST }).data?.items
  const keys = useOperation('apiKeys.list', { limit: MOST }).data?.items
  const known = new Map([
    ...(people ?? []).map(({ id, name }) => [id, name ?? id] as const),
    ...(keys ?? []).map(({ keyId, name }) => [keyId, texts.key(name)] as const),
  ])
  const who: Who = (identity) => {
    const [kind, ...rest] = identity.split(':')
    const id = rest.join(':')
    if (kind === 'system') return texts.system
    return known.get(id) ?? (kind === 'key' ? texts.key(id) : id)
  }
  return { who, known }
}
