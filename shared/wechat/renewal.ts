import { WechatRefusal } from './refusal.ts'

/** WeChat's ways to say that the token, not the request, is at fault. 41001 means that it was missing. */
const staleTokenErrcodes: ReadonlySet<number> = new Set([40001, 40014, 41001, 42001, 42006])

export interface TokenSource {
  current(): Promise<string>
  /** Resolves with another token than the stale one; a refresh that someone else did meanwhile counts. */
  replace(stale: string): Promise<string>
}

const errcodeOfRefusal = (error: unknown): number | undefined =>
  error instanceof WechatRefusal ? error.errcode : undefined

/** Calls with the current token and, where WeChat calls that invalid, exactly once more with a fresh one. */
export const withFreshToken = async <R>(
  source: TokenSource,
  send: (token: string) => Promise<R>,
  errcodeOf: (error: unknown) => number | undefined = errcodeOfRefusal,
): Promise<R> => {
  const token = await source.current()
  try {
    return await send(token)
  } catch (error) {
    if (!staleTokenErrcodes.has(errcodeOf(error) ?? 0)) throw error
  }
  return send(await source.replace(token))
}
