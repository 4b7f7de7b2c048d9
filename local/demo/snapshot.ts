import * as v from 'valibot'
import { askManage, type Problem } from './answers.ts'
import type { Host } from '../host/host.ts'

const list = <T extends v.GenericSchema>(item: T) => v.object({ items: v.array(item) })

const text = v.optional(v.string(), '')

const bindingSchema = v.object({
  businessId: v.string(),
  status: v.string(),
  appid: v.optional(v.string()),
  nickName: v.optional(v.string()),
  problem: v.optional(v.object({ message: v.string(), hint: v.string() })),
})
const authorizerSchema = v.object({
  appid: v.string(),
  nickName: v.string(),
  currentRelease: v.optional(v.object({ version: v.string() })),
})
const draftSchema = v.object({ draft_id: v.number(), user_version: text, user_desc: text })
const templateSchema = v.object({
  template_id: v.number(),
  draft_id: v.optional(v.number()),
  user_version: text,
  user_desc: text,
})
const releaseSchema = v.object({
  releaseId: v.string(),
  appid: v.string(),
  templateId: v.number(),
  version: v.string(),
  state: v.string(),
  reason: v.optional(v.string()),
  extJson: v.optional(v.string()),
})
const historySchema = v.object({ app_version: v.number(), user_version: text })
const statusSchema = v.object({
  ticket: v.object({ ageSeconds: v.nullable(v.number()) }),
  componentToken: v.object({ expiresAt: v.nullable(v.string()) }),
  problems: v.array(v.object({ code: v.string(), message: v.string(), hint: v.optional(v.string()) })),
})

export type Binding = v.InferOutput<typeof bindingSchema>
export type Authorizer = v.InferOutput<typeof authorizerSchema>
export type Release = v.InferOutput<typeof releaseSchema>

/** What the page shows, as the functions answer it. `selected` is the business that the steps are about. */
export interface Snapshot {
  readonly bindings: readonly Binding[]
  readonly authorizers: readonly Authorizer[]
  readonly drafts: readonly v.InferOutput<typeof draftSchema>[]
  readonly templates: readonly v.InferOutput<typeof templateSchema>[]
  /** Newest first. */
  readonly releases: readonly Release[]
  /** Versions that the selected merchant can return to. */
  readonly history: readonly v.InferOutput<typeof historySchema>[]
  readonly status: v.InferOutput<typeof statusSchema> | undefined
  readonly selected: Binding | undefined
  /** Reads that were refused. */
  readonly problems: readonly Problem[]
}

const whole = { limit: 100 }

/** `businessId` names the selected business; without it, or if it is unknown, the one bound or invited last. */
export const takeSnapshot = async (host: Host, businessId: string | undefined): Promise<Snapshot> => {
  const problems: Problem[] = []
  const read = async <T extends v.GenericSchema>(operation: string, input: unknown, schema: T) => {
    const answer = await askManage(host, operation, input)
    if (answer.ok) return v.parse(schema, answer.data)
    if (!problems.some(({ code }) => code === answer.error.code)) problems.push(answer.error)
    return undefined
  }
  // One after the other: an instance serves one call at a time, and a page that polls should not start more of them.
  const bindings = (await read('bindings.list', whole, list(bindingSchema)))?.items ?? []
  const authorizers = (await read('authorizers.list', whole, list(authorizerSchema)))?.items ?? []
  const releases = (await read('releases.list', whole, list(releaseSchema)))?.items ?? []
  const drafts = (await read('templates.listDrafts', whole, list(draftSchema)))?.items ?? []
  const templates = (await read('templates.list', whole, list(templateSchema)))?.items ?? []
  const status = await read('platform.status', {}, statusSchema)
  const selected = bindings.find((binding) => binding.businessId === businessId) ?? bindings[0]
  const live = authorizers.find(({ appid }) => appid === selected?.appid)?.currentRelease
  const history =
    selected?.status === 'bound' && live
      ? ((await read('releases.history', { appid: selected.appid }, list(historySchema)))?.items ?? [])
      : []
  return { bindings, authorizers, drafts, templates, releases, history, status, selected, problems }
}
