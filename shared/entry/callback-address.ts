import type { HttpRequest } from '../http-message.ts'

interface CallbackAddress {
  readonly stateToken: string
  readonly code: string | undefined
}

/**
 * `/auth/callback/{state}?auth_code=…`, with or without what stands before the state. Somebody on the way may have appended
 * with a second `?`, have encoded the first one, or have repeated a name: the first value that is not empty counts.
 */
export function readCallbackAddress({ path, query }: HttpRequest): CallbackAddress {
  const [stateToken = '', ...behindState] = decoded(lastSegment(path)).split(/[?&]/)
  const pairs = [...Object.entries(query), ...behindState.map(toPair)].flatMap(splitAgain)
  const code = pairs.find(([name, value]) => name === 'auth_code' && value !== '')?.[1]
  return { stateToken, code }
}

type Pair = readonly [name: string, value: string]

const toPair = (text: string): Pair => {
  const [name = '', ...value] = text.split('=')
  return [name, value.join('=')]
}

/** `x=1?auth_code=C` was meant as `x=1&auth_code=C`. Only encoded characters are decoded again: a code may have a `+` in it. */
function splitAgain([name, value]: Pair): Pair[] {
  const [first = '', ...others] = `${name}=${value}`.split('?')
  return [toPair(first), ...others.flatMap((part) => decoded(part).split('&')).map(toPair)]
}

const lastSegment = (path: string): string => path.split('/').findLast((part) => part !== '') ?? ''

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
