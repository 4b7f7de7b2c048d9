/** A fixed window of a minute, counted by this instance alone. */
export function createRateLimit(perMinute: number): (who: string, now: number) => boolean {
  let window = -1
  let counts = new Map<string, number>()
  return (who, now) => {
    const present = Math.floor(now / 60_000)
    if (present !== window) {
      window = present
      counts = new Map()
    }
    const count = (counts.get(who) ?? 0) + 1
    counts.set(who, count)
    return count <= perMinute
  }
}
