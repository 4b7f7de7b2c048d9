import type { JSONRPCMessage, RequestId } from '@modelcontextprotocol/sdk/types.js'
import * as v from 'valibot'

const word = v.union([v.string(), v.number()])

const asking = v.pipe(
  v.object({ id: word, params: v.object({ _meta: v.object({ progressToken: word }) }) }),
  v.transform(({ id, params: { _meta: meta } }) => ({ id, ...meta })),
)

const givingUp = v.object({ method: v.literal('notifications/cancelled'), params: v.object({ requestId: word }) })

/** An admin has to decide first. */
const undecided = v.object({
  reason: v.literal('CONFIRMATION_WAITING'),
  message: v.string(),
})

const answering = v.object({
  id: word,
  result: v.object({
    isError: v.literal(true),
    content: v.tuple([v.object({ text: v.pipe(v.string(), v.parseJson(), undecided) })]),
  }),
})

/** The protocol's own clients give a call up after a minute. */
const LONGEST_WAIT_MS = 45_000
const EVERY_MS = 2000

interface Call {
  readonly request: JSONRPCMessage
  readonly begunAt: number
  readonly timer: NodeJS.Timeout
  report(message?: string): void
}

export interface Waits {
  /** What the agent said. */
  noteAsked(message: JSONRPCMessage): void
  /** Whether what the platform said is to be waited out: the call is made again meanwhile. */
  holdsBack(message: JSONRPCMessage): boolean
  /** Of a call that failed on its way, or of all. */
  end(id?: RequestId): void
}

/** For calls that ask for progress: every two seconds a word while they take time, and an admin's decision is waited for. */
export function createWaits(ask: (message: JSONRPCMessage) => void, tell: (message: JSONRPCMessage) => void): Waits {
  const calls = new Map<RequestId, Call>()

  const end = (id?: RequestId): void => {
    for (const one of id === undefined ? [...calls.keys()] : [id]) {
      clearInterval(calls.get(one)?.timer)
      calls.delete(one)
    }
  }

  function begin(id: RequestId, progressToken: string | number, request: JSONRPCMessage): void {
    const begunAt = performance.now()
    const report = (message?: string): void => {
      const params = { progressToken, progress: (performance.now() - begunAt) / 1000, ...(message && { message }) }
      tell({ jsonrpc: '2.0', method: 'notifications/progress', params })
    }
    calls.set(id, { request, begunAt, report, timer: setInterval(report, EVERY_MS) })
  }

  return {
    end,
    noteAsked(message) {
      if (v.is(givingUp, message)) end(message.params.requestId)
      const { success, output } = v.safeParse(asking, message)
      if (success) begin(output.id, output.progressToken, message)
    },
    holdsBack(message) {
      const { success, output } = v.safeParse(answering, message)
      const id = 'id' in message ? message.id : undefined
      const call = id === undefined ? undefined : calls.get(id)
      if (!success || !call || performance.now() - call.begunAt > LONGEST_WAIT_MS) {
        if (id !== undefined) end(id)
        return false
      }
      call.report(output.result.content[0].text.message)
      setTimeout(() => {
        if (calls.get(output.id) === call) ask(call.request)
      }, EVERY_MS)
      return true
    },
  }
}
