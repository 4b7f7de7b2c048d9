import { createHash } from 'node:crypto'
import type { PushFields, PushValue } from './messages.ts'

/**
 * Names a push by its content: the same for its XML and its JSON form, so that a repetition is known on any route.
 * @param pathAppid the appid in the message URL
 */
export const pushKey = (fields: PushFields, pathAppid = ''): string =>
  createHash('sha256')
    .update(JSON.stringify([pathAppid, canonical(fields)]))
    .digest('hex')

type Canonical = string | Canonical[] | { fields: [string, Canonical][] } | undefined

/** Empty values and the order of fields do not count; a list of one is that one. */
const canonical = (value: PushValue): Canonical => {
  if (typeof value === 'string') return value === '' ? undefined : value
  if (Array.isArray(value)) {
    const list = value.map(canonical).filter((one) => one !== undefined)
    return list.length > 1 ? list : list[0]
  }
  const fields = Object.keys(value)
    .toSorted()
    .flatMap((name): [string, Canonical][] => {
      const one = canonical(value[name] ?? '')
      return one === undefined ? [] : [[name, one]]
    })
  return fields.length === 0 ? undefined : { fields }
}
