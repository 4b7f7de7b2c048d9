import { hasRole } from './authorize.ts'
import type { Caller } from './caller.ts'
import { namesOf } from './names.ts'
import { accountsAsked } from './reach.ts'
import { epochOf } from '../inputs.ts'
import type { Platform } from '../platform.ts'
import type { ActivityRecord } from '../stores/activity.ts'
import { mapItems, type Page, type PageRequest } from '../stores/page.ts'

interface ActivityInput {
  readonly appid?: string | undefined
  readonly operation?: string | undefined
  /** An OPENID, a uid, the id of an API key, or one of these as the list names it. */
  readonly who?: string | undefined
  readonly since?: string | undefined
  readonly until?: string | undefined
}

type Entry = Omit<ActivityRecord, 'input'> & { readonly input: object; readonly name?: string | undefined }

/** Who did what when; of the inputs only what the caller's role could read elsewhere. */
export async function listActivity(
  platform: Platform,
  caller: Caller,
  { appid, operation, who, since, until }: ActivityInput,
  page: PageRequest,
): Promise<Page<Entry>> {
  const filter = {
    appids: accountsAsked(caller, appid),
    operation,
    identities: who === undefined ? undefined : identitiesOf(who),
    since: epochOf(since),
    until: epochOf(until),
  }
  const found = await platform.stores.activity.list(filter, page)
  const names = await namesOf(
    platform,
    found.items.map(({ identity }) => identity),
  )
  return mapItems(found, (entry) => {
    const input = parse(entry.input)
    return {
      ...entry,
      name: names.get(entry.identity),
      input: hasRole(caller.role ?? 'viewer', entry.role) ? input : plainPart(input),
    }
  })
}

const identitiesOf = (who: string): readonly string[] => [
  who,
  ...['openid', 'uid', 'key', 'system'].map((kind) => `${kind}:${who}`),
]

/** What viewers may know of any input: which things it was about. */
const plainMembers: ReadonlySet<string> = new Set([
  'appid',
  'appids',
  'businessId',
  'rolloutId',
  'templateId',
  'draftId',
  'version',
  'percentage',
  'visible',
])

const plainPart = (input: object): object =>
  Object.fromEntries(Object.entries(input).filter(([name]) => plainMembers.has(name)))

function parse(text: string): object {
  try {
    const input: unknown = JSON.parse(text)
    return typeof input === 'object' && input !== null ? input : {}
  } catch {
    return {}
  }
}
