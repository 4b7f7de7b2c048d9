import type { EpochMs } from '../../time.ts'
import type { Page, PageRequest } from './page.ts'

export interface Ticket {
  readonly id: string
  readonly ticket: string
  readonly createTime: number
  readonly receivedAt: EpochMs
}

export type PushState = 'new' | 'done' | 'failed'

/** A message WeChat sent, as it is kept. `fields` hold no secret; `secrets` are sealed. */
export interface Push {
  readonly id: string
  /** `wechat.<InfoType or Event>`, or `wechat.message.<MsgType>`. */
  readonly type: string
  readonly road: 'component' | 'message'
  readonly appid?: string
  readonly createTime: number
  readonly fields: unknown
  readonly secrets: Readonly<Record<string, string>>
  readonly attempts: number
}

export interface PushView {
  readonly id: string
  readonly type: string
  readonly appid?: string
  readonly createTime: number
  readonly receivedAt: EpochMs
  readonly state: PushState
  readonly attempts: number
  readonly fields: unknown
}

/** A push as it was taken: what somebody else was at since is not ended by whoever took it before. */
export type Attempted = Pick<Push, 'id' | 'attempts'>

export interface PushStore {
  /** False when the very same push is there already. */
  insert(push: Push, options: { done: boolean; order: string; dueAt: EpochMs }): Promise<boolean>
  finish(seen: Attempted, state: 'done' | 'failed'): Promise<void>
  /** Puts it off after a failed attempt. */
  postpone(seen: Attempted, dueAt: EpochMs): Promise<void>
  /** Takes unfinished ones that are due, each for one caller. */
  claimDue(limit: number, now: EpochMs, until: EpochMs): Promise<readonly Push[]>
  countUnfinished(): Promise<number>
  /** The newest tickets by CreateTime, at most three. */
  newestTickets(): Promise<readonly Ticket[]>
  latestTicketAt(): Promise<{ receivedAt: EpochMs; createTime: number } | undefined>
  /** CreateTime of the newest push of this type for an authorizer, unix seconds. */
  latestTime(appid: string, type: string): Promise<number | undefined>
  /** The newest authorization code pushed for an authorizer. */
  latestCode(appid: string): Promise<string | undefined>
  list(
    filter: { appids?: readonly string[] | undefined; type?: string | undefined },
    page: PageRequest,
  ): Promise<Page<PushView>>
  /** False when the nonce was used with another body. */
  useNonce(nonceId: string, bodyId: string): Promise<boolean>
}
