/** WeChat's answer with our spelling at the top; everything inside stays WeChat's own. */
export const camelKeys = (reply: object): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(reply)
      .filter(([name]) => name !== 'errcode' && name !== 'errmsg')
      .map(([name, value]: [string, unknown]) => [camelCase(name), value]),
  )

/** Looking behind keeps it linear: a run of `_` is tried once. */
const camelCase = (name: string): string =>
  name.replace(/(?<!_)_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase())
