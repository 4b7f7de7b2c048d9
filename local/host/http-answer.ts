import * as v from 'valibot'
import { failed, httpError, type CallFailure, type Outcome } from './failures.ts'
import { maxPayloadBytes } from './instance.ts'

const headerValue = v.union([v.string(), v.number(), v.boolean()])

const integrationSchema = v.object({
  statusCode: v.pipe(v.number(), v.integer(), v.minValue(200), v.maxValue(599)),
  headers: v.optional(v.record(v.string(), v.union([headerValue, v.array(headerValue)])), {}),
  multiValueHeaders: v.optional(v.record(v.string(), v.array(headerValue)), {}),
  body: v.optional(v.string(), ''),
  isBase64Encoded: v.optional(v.boolean(), false),
})

const statusesWithoutBody = new Set([204, 205, 304])

/** What the gateway makes of a function's outcome. */
export const httpAnswer = (outcome: Outcome, requestId: string): Response => {
  if ('failure' in outcome) return refusal(outcome.failure, requestId)
  const { result } = outcome
  if (typeof result === 'string' || typeof result === 'number')
    return new Response(String(result), { headers: { 'content-type': 'text/plain; charset=utf-8' } })
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) return Response.json(result)
  const answer = v.safeParse(integrationSchema, result)
  if (answer.success) return integrationAnswer(answer.output, requestId)
  return refuse('badAnswer', `not an integration response: ${v.summarize(answer.issues)}`, requestId)
}

const integrationAnswer = (answer: v.InferOutput<typeof integrationSchema>, requestId: string): Response => {
  const body = Buffer.from(answer.body, answer.isBase64Encoded ? 'base64' : 'utf8')
  if (body.length > maxPayloadBytes) return refuse('payload', 'the answer is over 6 MB', requestId)
  try {
    const headers = new Headers()
    for (const [name, values] of Object.entries({ ...answer.headers, ...answer.multiValueHeaders }))
      for (const value of [values].flat()) headers.append(name, String(value))
    return new Response(statusesWithoutBody.has(answer.statusCode) ? null : body, {
      status: answer.statusCode,
      headers,
    })
  } catch (error) {
    return refuse('badAnswer', `headers that cannot be sent: ${String(error)}`, requestId)
  }
}

const refuse = (kind: CallFailure['kind'], message: string, requestId: string): Response =>
  httpAnswer(failed(kind, message), requestId)

const refusal = (failure: CallFailure, requestId: string): Response => {
  const { status, code, message } = httpError(failure)
  return Response.json({ code, message, requestId }, { status })
}
