import type { EpochMs } from '../../time.ts'
import { id, json, number, optional, text, time, word, type RecordOf } from './forms.ts'
import type { Page, PageRequest } from './page.ts'

export interface Ticket {
  readonly id: string
  readonly ticket: string
  readonly createTime: number
  readonly receivedAt: EpochMs
}

/** A message that WeChat sent. `fields` hold no secret. */
export const push = {
  id,
  /** `wechat.<InfoType or Event>`, or `wechat.message.<MsgType>`. */
  type: text,
  road: word(['component', 'message']),
  appid: optional(text),
  createTime: number,
  fields: json,
  receivedAt: time,
  state: word(['new', 'done', 'failed']),
  attempts: number,
}

export type PushView = RecordOf<typeof push>

/** As it is handled: its secrets, which are sealed, with it. */
export type Push = Omit<PushView, 'receivedAt' | 'state'> & { readonly secrets: Readonly<Record<string, string>> }

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
