import type { World } from '../world.ts'
import { shops } from './shops.ts'

/** The appid of a shop by its place in `shops`. */
export const appidOf = ({ wechat }: World, index: number): string => {
  const { nickName } = shops[index] ?? {}
  const merchant = [...wechat.state.merchants.values()].find((one) => one.nickName === nickName)
  if (!merchant) throw new Error(`there is no shop ${index}`)
  return merchant.appid
}
