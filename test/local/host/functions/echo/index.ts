/** Does what the event asks for, so that a test sees what an instance is and gets. */
interface Wish {
  readonly do?: 'hang' | 'throw' | 'die' | 'reject later' | 'answer' | 'wait' | 'variable' | 'log'
  readonly answer?: unknown
  readonly name?: string
  readonly milliseconds?: number
}

let calls = 0

const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds))

/** Over HTTP the wish stands in a header. */
const wishOf = (event: Wish & { readonly headers?: Readonly<Record<string, string>> }): Wish => {
  const wish = event.headers?.['x-wish']
  return wish === undefined ? event : JSON.parse(decodeURIComponent(wish))
}

export const main = async (event: Wish, context: unknown): Promise<unknown> => {
  calls += 1
  const wish = wishOf(event)
  switch (wish.do) {
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
      return wish.answer
    case 'wait':
      await pause(wish.milliseconds ?? 0)
      return { pid: process.pid }
    case 'variable':
      return process.env[wish.name ?? ''] ?? null
    case 'log':
      console.log('{"level":"info"}')
      return null
    default:
      return { event, context, pid: process.pid, calls, variables: Object.keys(process.env).sort() }
  }
}
