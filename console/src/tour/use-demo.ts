import { useQueryClient } from '@tanstack/react-query'
import { createContext, use, useCallback, useEffect, useRef, useState } from 'react'
import { useSession } from '../api/session.ts'
import { press, readState, type DemoResult, type DemoState } from './demo-api.ts'

interface Demo {
  readonly state: DemoState | undefined
  /** The last question was not answered. */
  readonly silent: boolean
  readonly reload: () => Promise<void>
}

const SEEDING_MS = 1500
const OPEN_MS = 3000

/** WeChat's side of the tour: asked for while the drawer is open, or while the sample data is being made. */
export const useDemoState = (open: boolean): Demo => {
  const { apiBaseUrl } = useSession()
  const queries = useQueryClient()
  const [state, setState] = useState<DemoState>()
  const [silent, setSilent] = useState(false)
  const reload = useCallback(async () => {
    try {
      setState(await readState(apiBaseUrl))
      setSilent(false)
    } catch {
      setSilent(true)
    }
  }, [apiBaseUrl])
  const seeding = state === undefined || state.seeding.state === 'running'
  const every = seeding ? SEEDING_MS : open ? OPEN_MS : undefined
  useEffect(() => {
    void reload()
  }, [reload, open])
  useEffect(() => {
    if (every === undefined) return undefined
    const timer = setInterval(() => {
      if (document.visibilityState === 'visible') void reload()
    }, every)
    return () => clearInterval(timer)
  }, [every, reload])
  const ready = state?.seeding.state === 'ready'
  useEffect(() => {
    if (ready) void queries.invalidateQueries()
  }, [queries, ready])
  return { state, silent, reload }
}

interface Drawer {
  readonly state: DemoState
  readonly reload: () => Promise<void>
  /** Called when somebody goes to look: where the drawer covers everything it closes. */
  readonly leave: () => void
}

export const DrawerContext = createContext<Drawer | undefined>(undefined)

export const useDrawer = (): Drawer => {
  const drawer = use(DrawerContext)
  if (!drawer) throw new Error('there is no drawer around this')
  return drawer
}

export interface DemoAction {
  readonly run: (action: string, input?: object) => Promise<void>
  /** The action under way. */
  readonly busy: string | undefined
  readonly result: DemoResult | undefined
}

/** Presses a button of the simulator; afterwards everything on the screen asks again. */
export const useDemoAction = (): DemoAction => {
  const { apiBaseUrl } = useSession()
  const { reload } = useDrawer()
  const queries = useQueryClient()
  const [busy, setBusy] = useState<string>()
  const [result, setResult] = useState<DemoResult>()
  const running = useRef(false)
  const run = useCallback(
    async (action: string, input: object = {}): Promise<void> => {
      if (running.current) return
      running.current = true
      setBusy(action)
      setResult(undefined)
      setResult(await press(apiBaseUrl, action, input))
      await reload()
      running.current = false
      setBusy(undefined)
      void queries.invalidateQueries()
    },
    [apiBaseUrl, queries, reload],
  )
  return { run, busy, result }
}
