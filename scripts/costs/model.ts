import { container, overage, plans, type Plan } from './prices.ts'

/** Pieces of work of which a month is made. */
export const works = [
  'ticket',
  'quietQueue',
  'fullLook',
  'quietSweep',
  'refresh',
  'apiCall',
  'use',
  'night',
  'reading',
  'message',
  'release',
  'binding',
  'console',
] as const
export type Work = (typeof works)[number]

/** Of one piece of work. A `refresh` has no call of its own: it is part of a run of `refreshTokens`; so are a look, a night, a reading and a noted use parts of others. */
export interface Usage {
  /** Of functions. */
  readonly calls: number
  readonly milliseconds: number
  readonly databaseOperations: number
  readonly wechatCalls: number
}

export interface Measured {
  /** How long WeChat and the database took. */
  readonly assumed: { readonly wechatMs: number; readonly databaseMs: number }
  readonly works: Readonly<Record<Work, Usage>>
}

/** What a merchant brings about. */
export interface Habits {
  /** Calls of the API by business servers, a day. */
  readonly apiCallsPerDay: number
  /** Messages and events that WeChat pushes, a day. */
  readonly messagesPerDay: number
  readonly releasesPerMonth: number
  /** New merchants a month, as part of all. */
  readonly newPerMonth: number
  /** How long somebody works on the overview of the console, a day; another page asks for less. */
  readonly consoleMinutesPerDay: number
  /** Tokens kept fresh, as part of all: with REFRESH_IDLE_DAYS only those of merchants that are active. */
  readonly fresh: number
}

export const usualHabits: Habits = {
  apiCallsPerDay: 10,
  messagesPerDay: 5,
  releasesPerMonth: 2,
  newPerMonth: 0.05,
  consoleMinutesPerDay: 0,
  fresh: 1,
}

const DAYS = 30
const MINUTES = DAYS * 24 * 60

/** A token lives 2 hours and is due 20 to 25 minutes before it ends; the next run of the timer takes it. */
const REFRESH_EVERY_MINUTES = 100

/** The default of REFRESH_IDLE_DAYS; a use is noted once in a quarter of it. */
const IDLE_DAYS = 10

/** What somebody works on is looked at every 5 s. */
const LOOKS_A_MINUTE = 12

/** Memory of every function, as in cloudbaserc.json. */
const MEMORY_GB = 0.25

/** How often each piece of work comes in a month. */
export const volumesOf = (merchants: number, habits: Habits): Readonly<Record<Work, number>> => ({
  ticket: MINUTES / 10,
  quietQueue: MINUTES,
  fullLook: MINUTES / 15,
  quietSweep: MINUTES / 5,
  // One that is left idle gets a token for its reading, once a day.
  refresh: merchants * (habits.fresh * (MINUTES / REFRESH_EVERY_MINUTES) + (1 - habits.fresh) * DAYS),
  apiCall: merchants * habits.apiCallsPerDay * DAYS,
  use: (merchants * habits.fresh * DAYS) / (IDLE_DAYS / 4),
  night: merchants * DAYS,
  reading: merchants * DAYS,
  message: merchants * habits.messagesPerDay * DAYS,
  release: merchants * habits.releasesPerMonth,
  binding: merchants * habits.newPerMonth,
  console: habits.consoleMinutesPerDay * DAYS * LOOKS_A_MINUTE,
})

export interface Month {
  readonly merchants: number
  readonly functionCalls: number
  readonly databaseOperations: number
  readonly wechatCalls: number
  /** Memory times time. */
  readonly gigabyteSeconds: number
  readonly plan: Plan
  /** CNY, the plan included. */
  readonly price: number
  /** CNY of a container that runs all month, with its database. */
  readonly containerPrice: number
}

export function computeMonth(measured: Measured, merchants: number, habits: Habits): Month {
  const volumes = volumesOf(merchants, habits)
  const sum = (field: keyof Usage): number =>
    works.reduce((total, work) => total + volumes[work] * measured.works[work][field], 0)
  const functionCalls = sum('calls')
  const databaseOperations = sum('databaseOperations')
  const gigabyteSeconds = (sum('milliseconds') / 1000) * MEMORY_GB
  // The plans count calls of functions and operations of the database together.
  const requests = functionCalls + databaseOperations
  const priceOf = ({ price, requests: included, gigabyteSeconds: time }: Plan): number =>
    price +
    (Math.max(0, requests - included) / 10_000) * overage.tenThousandRequests +
    Math.max(0, gigabyteSeconds - time) * overage.gigabyteSecond
  const [first, ...others] = plans
  const plan = others.reduce((best, other) => (priceOf(other) < priceOf(best) ? other : best), first)
  return {
    merchants,
    functionCalls,
    databaseOperations,
    wechatCalls: sum('wechatCalls'),
    gigabyteSeconds,
    plan,
    price: priceOf(plan),
    containerPrice: priceOfContainer(),
  }
}

const priceOfContainer = (): number => {
  const hours = DAYS * 24
  const { cores, gigabytes, coreHour, gigabyteHour, databaseUnits, databaseUnitSecond } = container
  return hours * (cores * coreHour + gigabytes * gigabyteHour) + hours * 3600 * databaseUnits * databaseUnitSecond
}
