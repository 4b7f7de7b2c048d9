/** Stands for the service provider's own system: it takes the events that a subscription delivers, unless it is down. */
export interface BusinessServer {
  down: boolean
  /** Events it took since the start. */
  taken: number
  /** Events it did not take. */
  missed: number
  /** The HTTP status it answers an event with. */
  take(): number
}

export const openBusinessServer = (): BusinessServer => ({
  down: false,
  taken: 0,
  missed: 0,
  take() {
    if (this.down) {
      this.missed += 1
      return 503
    }
    this.taken += 1
    return 204
  },
})
