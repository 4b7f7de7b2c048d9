type Theme = 'success' | 'warning' | 'danger' | 'primary' | 'default'

const themes: Readonly<Record<string, Theme>> = {
  active: 'success',
  reauthorize: 'warning',
  revoked: 'danger',
  approved: 'success',
  released: 'success',
  completed: 'success',
  delayed: 'warning',
  paused: 'warning',
  waitingForQuota: 'warning',
  awaitingRelease: 'warning',
  withdrawn: 'warning',
  skipped: 'warning',
  rejected: 'danger',
  failed: 'danger',
  committing: 'primary',
  committed: 'primary',
  submitting: 'primary',
  auditing: 'primary',
  gray: 'primary',
  running: 'primary',
  scheduled: 'primary',
  resting: 'primary',
}

const initial: { theme: Theme } = { theme: 'default' }

/** A state as a coloured word. */
Component({
  properties: { state: String, label: String },
  data: initial,
  observers: {
    state(state: string) {
      this.setData({ theme: themes[state] ?? 'default' })
    },
  },
})
