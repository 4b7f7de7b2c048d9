type Headers = NodeJS.Dict<string[]>

/** They belong to one connection, or are made anew from what is sent. */
const ofTheConnection = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'http2-settings',
  'expect',
])

/** The relay's proof and WeChat's marks, in any spelling; and names by which some servers take another method, host or address. */
const fromOutsideNever =
  /^x[-_](?:forwarder|wx)[-_]|^x[-_](?:http[-_]method|method[-_]override|original|rewrite|envoy)|^x[-_]forwarded[-_](?!for$|proto$)|^forwarded$|^host$|^content[-_]length$/

const without = (headers: Headers, isHeldBack: (name: string) => boolean): Record<string, string[]> => {
  const named = new Set(
    (headers['connection'] ?? [])
      .join(',')
      .toLowerCase()
      .split(/[\s,]+/),
  )
  const passed: Record<string, string[]> = {}
  for (const [name, values] of Object.entries(headers))
    if (values && !ofTheConnection.has(name) && !named.has(name) && !isHeldBack(name)) passed[name] = values
  return passed
}

export const toPlatform = (headers: Headers): Record<string, string[]> =>
  without(headers, (name) => fromOutsideNever.test(name))

export const toMerchant = (headers: Headers): Record<string, string[]> => without(headers, () => false)
