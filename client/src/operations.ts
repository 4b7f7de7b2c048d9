import type { contract } from './contract.ts'

/**
 * What every operation takes and answers, by its name.
 *
 * @example
 * type Plan = Operations['rollouts.create']['input']
 */
export type Operations = (typeof contract)['operations']

/** `bindings.createLink` and all the others. */
export type OperationName = keyof Operations

/** The kinds of failures. */
export type ErrorCode = keyof (typeof contract)['codes']

/** Why something was refused, in one word; a newer platform may know more of them. */
export type Reason = keyof (typeof contract)['reasons'] | ErrorCode | (string & Record<never, never>)

/** The answer of a call that was refused, as it comes over the line; `call` throws it as a `MinifleetError`. */
export interface Refusal {
  readonly ok: false
  readonly error: (typeof contract)['refused'] & { readonly code: ErrorCode }
}

type Data<N extends OperationName> = Operations[N]['data']

/** A business and its account. */
export type Binding = Data<'bindings.get'>

/** A merchant's account. */
export type Authorizer = Data<'authorizers.get'>

/** One version of one merchant's mini program on its way. */
export type Release = Data<'releases.status'>

/** One template on its way to many merchants. */
export type Rollout = Data<'rollouts.get'>

/** What is wrong, and the cure. */
export type Problem = NonNullable<Release['problem']>

/** A problem that lasts: what it is about, and since when. */
export type OpenProblem = Data<'problems.list'>['items'][number]

/** An event on its way to a subscription. */
export type Delivery = Data<'subscriptions.deliveries'>['items'][number]

interface Told<T extends string, D> extends Omit<(typeof contract)['event'], 'type' | 'data'> {
  readonly type: T
  readonly data: D
}

type Happening = keyof (typeof contract)['happenings']

type Fields = Readonly<Record<string, unknown>>

/** By the noun that the type of an event begins with. */
interface Subjects {
  readonly binding: Binding
  readonly release: Release
  readonly rollout: Rollout
  readonly problem: OpenProblem
}

/**
 * What is delivered to a subscription. `type` tells what `data` is; a newer platform may tell of more.
 *
 * @example
 * if (event.type === 'release.rejected') console.log(event.businessId, event.data.version, event.data.reason)
 */
export type Event =
  | {
      [T in Happening]: Told<T, T extends `${infer S extends keyof Subjects}.${string}` ? Subjects[S] : Fields>
    }[Happening]
  | Told<'subscription.test', { readonly subscriptionId: string }>
  | Told<`wechat.${string}`, Fields>
