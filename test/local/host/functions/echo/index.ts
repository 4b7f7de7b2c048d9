/** Does what the event asks for, so that a test sees what an instance is and gets. */
interface EchoEvent {
  readonly do?: 'hang' | 'throw' | 'die' | 'reject later' | 'answer' | 'wait' | 'variable' | 'log'
  readonly answer?: unknown
  readonly name?: string
  readonly milliseconds?: number
}

let calls = 0

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Over HTTP the input stands in a header. */
const readEvent = (event: EchoEvent & { readonly headers?: Readonly<Record<string, string>> }): EchoEvent => {
  const input = event.headers?.['x-event']
  return input === undefined ? event : JSON.parse(decodeURIComponent(input))
}

export const main = async (event: EchoEvent, context: unknown): Promise<unknown> => {
  calls += 1
  const input = readEvent(event)
  switch (input.do) {
    case 'hang':
      return new Promise(() => undefined)
    case 'throw':
      throw new Error('no luck')
    case 'die':
      process.exit(7)
    case 'reject later':
      setImmediate(() => {
        throw new Error('out of reach')
      })
      return new Promise(() => undefined)
    case 'answer':
      return input.answer
    case 'wait':
      await pause(input.milliseconds ?? 0)
      return { pid: process.pid }
    case 'variable':
      return process.env[input.name ?? ''] ?? null
    case 'log':
      console.log('{"level":"info"}')
      return null
    default:
      return { event, context, pid: process.pid, calls, variables: Object.keys(process.env).sort() }
  }
}
