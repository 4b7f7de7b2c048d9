import type { contract } from './contract.ts'

export type Operations = (typeof contract)['operations']
export type OperationName = keyof Operations

export type Refusal = (typeof contract)['refusal']
export type ErrorCode = Refusal['error']['code']

type Data<N extends OperationName> = Operations[N]['data']

export type Binding = Data<'bindings.get'>
export type Authorizer = Data<'authorizers.get'>
export type Release = Data<'releases.status'>
export type Rollout = Data<'rollouts.get'>
export type Problem = NonNullable<Release['problem']>
export type Delivery = Data<'subscriptions.deliveries'>['items'][number]

/** What is delivered to a subscription. */
export type Event = (typeof contract)['event']
