import { focusManager, MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import type { OperationName } from '../../../client/src/client.ts'
import { asProblem } from './problem.ts'

/** What changed elsewhere is seen within so long while somebody works here, each function call and database operation paid. */
const FRESH_MS = 5000
/** Of the demo, whose clicks want to be seen to take effect. */
const DEMO_FRESH_MS = 2000
/** Else within so long. */
const RESTING_MS = 60_000
/** Nobody touched the page for so long: nobody works here. */
const IN_USE_MS = 5 * 60_000

/** They ask WeChat, whose calls are counted by the day: only when somebody comes, comes back or acts. */
const asksWechat: ReadonlySet<OperationName> = new Set([
  'miniprograms.getPrivacy',
  'miniprograms.info',
  'miniprograms.listTesters',
  'miniprograms.setServerDomains',
  'miniprograms.setWebviewDomains',
  'platform.setServerDomains',
  'platform.setWebviewDomains',
  'releases.categories',
  'releases.compare',
  'releases.getGray',
  'releases.pages',
  'releases.preflight',
  'releases.preview',
  'releases.quota',
  'templates.list',
  'templates.listDrafts',
])

let usedAt = Date.now()
const isInUse = (): boolean => Date.now() - usedAt < IN_USE_MS

/** @param everyMs where it is not as often as the rest */
export const pollingOf = (name: OperationName, demo: boolean, everyMs?: number) => (): number | false => {
  const wanted = everyMs ?? (asksWechat.has(name) ? undefined : demo ? DEMO_FRESH_MS : FRESH_MS)
  if (wanted === undefined) return false
  return isInUse() ? wanted : Math.max(wanted, RESTING_MS)
}

/** What was answered; what is on the screen is asked for anew when somebody comes back to it. @param onStranger the platform accepts the visitor no more */
export const createQueries = (onStranger: () => void): QueryClient => {
  const onError = (error: unknown): void => {
    if (asProblem(error).code === 'UNAUTHENTICATED') onStranger()
  }
  return new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // The client repeats what is worth it.
      queries: { networkMode: 'always', refetchOnWindowFocus: 'always', retry: false },
      mutations: { networkMode: 'always', retry: false },
    },
  })
}

/** Without it a tab that comes to the front would count, a window that does would not. */
focusManager.setEventListener((onFocus) => {
  const comeBack = (): void => onFocus()
  window.addEventListener('focus', comeBack)
  document.addEventListener('visibilitychange', comeBack)
  return () => {
    window.removeEventListener('focus', comeBack)
    document.removeEventListener('visibilitychange', comeBack)
  }
})

for (const kind of ['pointerdown', 'keydown', 'wheel', 'touchmove'])
  window.addEventListener(
    kind,
    () => {
      const wasInUse = isInUse()
      usedAt = Date.now()
      if (!wasInUse) window.dispatchEvent(new Event('focus'))
    },
    { passive: true },
  )
