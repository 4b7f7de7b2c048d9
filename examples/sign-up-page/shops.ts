import { randomUUID } from 'node:crypto'

/** A shop as this system knows it; its id is the platform's businessId. */
export interface Shop {
  readonly id: string
  readonly name: string
  readonly status: 'new' | 'bound' | 'revoked'
  /** Where the merchant connects its mini program; undefined once it has. */
  readonly inviteUrl?: string | undefined
  /** Of the mini program, once it is bound. */
  readonly appid?: string
}

export interface Shops {
  add(name: string): Shop
  find(id: string): Shop | undefined
  change(id: string, change: Partial<Omit<Shop, 'id' | 'name'>>): void
  /** Each event may come more than once: true the first time. */
  isNews(eventId: string): boolean
}

/** In memory, to keep the example short. In a database store an event's id together with what it changes. */
export function createShops(): Shops {
  const shops = new Map<string, Shop>()
  const events = new Set<string>()
  return {
    add(name) {
      const shop: Shop = { id: `shop-${randomUUID()}`, name, status: 'new' }
      shops.set(shop.id, shop)
      return shop
    },
    find: (id) => shops.get(id),
    change(id, change) {
      const shop = shops.get(id)
      if (shop) shops.set(id, { ...shop, ...change })
    },
    isNews(eventId) {
      const before = events.size
      return events.add(eventId).size > before
    },
  }
}
