import { Agent, request } from 'node:http'

export interface Shot {
  readonly url: string
  readonly body: string
  /** Default POST. */
  readonly method?: 'POST' | 'GET'
  readonly headers?: Readonly<Record<string, string>>
}

export interface Outcome {
  readonly status: number
  /** From the moment it was due, so that a sender that falls behind hides nothing. */
  readonly ms: number
}

/** Sends at an even rate, whatever the answers take. Status 0: no answer. */
export async function shootEvenly(
  { perSecond, seconds }: { readonly perSecond: number; readonly seconds: number },
  next: (index: number) => Shot,
  onSecond: (second: number) => void = () => undefined,
): Promise<readonly Outcome[]> {
  const agent = new Agent({ keepAlive: true })
  const total = perSecond * seconds
  const outcomes: Promise<Outcome>[] = []
  const begun = performance.now()
  while (outcomes.length < total) {
    const due = Math.min(total, Math.floor(((performance.now() - begun) / 1000) * perSecond) + 1)
    for (let index = outcomes.length; index < due; index++) {
      if (index % perSecond === 0) onSecond(index / perSecond)
      outcomes.push(shoot(agent, next(index), begun + (index * 1000) / perSecond))
    }
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
  const all = await Promise.all(outcomes)
  agent.destroy()
  return all
}

function shoot(agent: Agent, { url, body, method = 'POST', headers }: Shot, due: number): Promise<Outcome> {
  return new Promise((resolve) => {
    const settle = (status: number): void => resolve({ status, ms: performance.now() - due })
    const sent = request(url, { method, agent, headers: { 'content-type': 'text/xml', ...headers } }, (answer) => {
      answer.resume().on('end', () => settle(answer.statusCode ?? 0))
    })
    sent.on('error', () => settle(0)).end(body)
  })
}

/** `403: 9990, 0: 10` */
export const countStatuses = (outcomes: readonly Outcome[]): string => {
  const counts = new Map<number, number>()
  for (const { status } of outcomes) counts.set(status, (counts.get(status) ?? 0) + 1)
  return [...counts].map(([status, count]) => `${status}: ${count}`).join(', ')
}
