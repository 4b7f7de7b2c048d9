/** One segment, as WeChat calls back with it: `state`, perhaps with an encoded query behind it. */
const CALLBACK = /^\/auth\/callback\/([^/?#]*)(?:\?[^#]*)?$/

const START = /^\/auth\/start(?:\?[^#]*)?$/

/**
 * Whether a request from outside is one for the merchants' pages, and so goes to the platform. Whatever another server might read as
 * another address is none: it is taken as it stands, never decoded, joined or tidied.
 */
export function isForMerchants(method = '', address = ''): boolean {
  if (START.test(address)) return ['GET', 'HEAD', 'POST'].includes(method)
  const state = CALLBACK.exec(address)?.[1]
  return state !== undefined && isPlain(state) && ['GET', 'HEAD'].includes(method)
}

/** Nothing in it climbs, divides or would have to be decoded twice. */
function isPlain(segment: string): boolean {
  try {
    return /^(?!\.{1,2}$)(?:(?![/\\%;#])[!-~])*$/.test(decodeURIComponent(segment))
  } catch {
    return false
  }
}
