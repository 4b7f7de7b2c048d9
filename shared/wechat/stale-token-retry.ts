import { WechatRefusal } from './refusal.ts'

/** WeChat's ways to say that the token, not the request, is at fault. 41001 means that it was missing. */
const staleTokenErrcodes: ReadonlySet<number> = new Set([40001, 40014, 41001, 42001, 42006])

export interface Replacement {
  readonly token: string
  /** It was there before the call began: the stale one was out of date, and this one may be void as well. */
  readonly wasThere: boolean
}

export interface TokenSource {
  current(): Promise<string>
  /** Resolves with another token than the stale one; a refresh that someone else did meanwhile counts. */
  replace(stale: string): Promise<Replacement>
}

const errcodeOfRefusal = (error: unknown): number | undefined =>
  error instanceof WechatRefusal ? error.errcode : undefined

/**
 * Calls with the current token and, where WeChat calls that invalid, once more with another one. Only where that was no fresh one
 * either, a third time.
 */
export const withFreshToken = async <R>(
  source: TokenSource,
  send: (token: string) => Promise<R>,
  errcodeOf: (error: unknown) => number | undefined = errcodeOfRefusal,
): Promise<R> => {
  const isStale = (error: unknown): boolean => staleTokenErrcodes.has(errcodeOf(error) ?? 0)
  const token = await source.current()
  try {
    return await send(token)
  } catch (error) {
    if (!isStale(error)) throw error
  }
  const next = await source.replace(token)
  try {
    return await send(next.token)
  } catch (error) {
    if (!next.wasThere || !isStale(error)) throw error
  }
  return send((await source.replace(next.token)).token)
}
