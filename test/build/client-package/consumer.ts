import {
  createClient,
  MinifleetError,
  verifyWebhook,
  WebhookError,
  type CallOptions,
  type Event,
  type ItemOf,
  type ListName,
  type Operations,
  type Release,
} from 'minifleet-client'

/* A program of somebody else's: the test installs the packed client beside it, compiles it strictly, and runs it. */

interface Place {
  readonly baseUrl: string
  readonly apiKey: string
  readonly secret: string
  readonly delivered: { readonly headers: Readonly<Record<string, string>>; readonly body: string }
}

const options: CallOptions = { idempotencyKey: 'consumer/1' }
const given: Operations['bindings.createLink']['input'] = { businessId: 'packed', attributes: { city: '杭州' } }

export async function tryOut({ baseUrl, apiKey, secret, delivered }: Place) {
  const minifleet = createClient({ baseUrl, apiKey, language: 'en' })
  const first = await minifleet.call('bindings.createLink', given, options)
  const second = await minifleet.call('bindings.createLink', given, options)
  const { status } = await minifleet.call('bindings.get', { businessId: 'packed' })
  const names: string[] = []
  for await (const { name } of minifleet.all('apiKeys.list', { limit: 1 })) names.push(name)
  const refused = await minifleet.call('authorizers.get', { appid: 'wxnobody' }).catch((error: unknown) => error)
  if (!(refused instanceof MinifleetError)) throw refused
  const { code, reason, retryable, field, message } = refused
  const event = await verifyWebhook({ secret, ...delivered })
  const forged = await verifyWebhook({ secret, ...delivered, body: `${delivered.body} ` }).catch(
    (error: unknown) => error,
  )
  return {
    isOne: first.inviteId === second.inviteId,
    status,
    names,
    refused: { code, reason, retryable, field, message },
    about: aboutOf(event),
    forged: forged instanceof WebhookError && forged.flaw,
  }
}

function aboutOf(event: Event): string | undefined {
  switch (event.type) {
    case 'binding.bound':
      return event.data.businessId
    case 'release.rejected':
      return versionOf(event.data)
    case 'rollout.paused':
      return event.data.problem?.hint
    case 'problem.opened':
      return event.data.problemId
    default:
      return event.id
  }
}

const versionOf = ({ version, state }: Release): string => `${version} ${state}`

export const lists: readonly ListName[] = ['bindings.list', 'rollouts.items']
export const stateOf = ({ state }: ItemOf<'rollouts.items'>): string => state

export const mistakes = (minifleet: ReturnType<typeof createClient>) => [
  // @ts-expect-error There is no such operation.
  () => minifleet.call('bindings.createLinks', { businessId: 'x' }),
  // @ts-expect-error It needs an input.
  () => minifleet.call('bindings.createLink'),
  // @ts-expect-error A businessId is a text.
  () => minifleet.call('bindings.createLink', { businessId: 1 }),
  // @ts-expect-error It is no list.
  () => minifleet.all('bindings.get'),
  // @ts-expect-error It has no such member.
  async () => (await minifleet.call('bindings.get', { businessId: 'x' })).secret,
]
