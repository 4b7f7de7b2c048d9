import { useOperation } from '../../api/use-operation.ts'
import { activityTexts } from '../../text/activity.ts'
import { useTexts } from '../../text/language.ts'

/** Who stands behind an identity of the activity log. */
export type Who = (identity: string) => string

const MOST = 100

/** Names of people and keys, for those who may read them; others see the identity itself. */
export const useWho = (): Who => {
  const texts = useTexts(activityTexts)
  const people = useOperation('admins.list', { limit: MOST }).data?.items
  const keys = useOperation('apiKeys.list', { limit: MOST }).data?.items
  return (identity) => {
    const [kind, ...rest] = identity.split(':')
    const id = rest.join(':')
    if (kind === 'system') return texts.system
    if (kind !== 'key') return people?.find((person) => person.id === id)?.name ?? id
    const name = keys?.find(({ keyId }) => keyId === id)?.name
    return texts.key(name ?? id)
  }
}
