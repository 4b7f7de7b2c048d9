/*
 * Prices in CNY without discounts. Plans and overage: CloudBase's price page (云开发 → 购买指南 → 价格文档) as Tencent published it in its
 * open documentation in 2022; container: CloudBase Run, and the serverless MySQL that 微管家 and the like need beside it, as stated with
 * Tencent's application templates. Compare them with the page of the day before you decide; everything is computed from here.
 */

export interface Plan {
  readonly name: string
  /** A month. */
  readonly price: number
  /** Calls of functions and reads and writes of the database together, a month. */
  readonly requests: number
  readonly gigabyteSeconds: number
  /** Requests a second. */
  readonly qps: number
}

export const plans: readonly [Plan, ...Plan[]] = [
  { name: '个人版', price: 39.9, requests: 200_000, gigabyteSeconds: 100_000, qps: 500 },
  { name: '入门版', price: 99, requests: 5_000_000, gigabyteSeconds: 300_000, qps: 500 },
  { name: '初创版', price: 299, requests: 10_000_000, gigabyteSeconds: 450_000, qps: 500 },
  { name: '商用版', price: 499, requests: 20_000_000, gigabyteSeconds: 600_000, qps: 800 },
  { name: '团队版', price: 999, requests: 50_000_000, gigabyteSeconds: 1_000_000, qps: 1000 },
]

/** Beyond the plan. */
export const overage = { tenThousandRequests: 0.5, gigabyteSecond: 0.000_111_08 }

/** One that is never switched off, and a database that is asked every minute and so never sleeps. */
export const container = {
  cores: 1,
  gigabytes: 2,
  coreHour: 0.055,
  gigabyteHour: 0.032,
  databaseUnits: 0.25,
  databaseUnitSecond: 0.000_095,
}
