import { QueryClientProvider } from '@tanstack/react-query'
import { lazy, Suspense, useCallback, useEffect, useMemo, useState, type ReactNode } from 'react'
import { Router } from 'wouter'
import { basePath, readConfig, readDemoToken, type PlaceConfig } from './api/place.ts'
import { createQueries } from './api/polling.ts'
import { RoleContext } from './api/role.ts'
import { clientFor, SessionContext, storedToken, storeToken, type Session } from './api/session.ts'
import { sessionIdOf } from './api/sign-in.ts'
import { useOperation } from './api/use-operation.ts'
import { Toasts } from './parts/toast.tsx'
import { Shell } from './shell.tsx'
import { LanguageContext, rememberedLanguage, rememberLanguage, type Language } from './text/language.ts'

const ROLE_MS = 60_000

const SignIn = lazy(() => import('./sign-in.tsx').then((page) => ({ default: page.SignIn })))

type Standing =
  | { readonly at: 'start' }
  | { readonly at: 'door'; readonly place: PlaceConfig; readonly expired: boolean }
  | { readonly at: 'inside'; readonly place: PlaceConfig; readonly token: string }

/** Everything: who is signed in, and in which language. */
export const Console = () => {
  const [language, setLanguage] = useState<Language>(rememberedLanguage)
  const [standing, setStanding] = useState<Standing>({ at: 'start' })
  useEffect(() => {
    void findStanding().then(setStanding)
  }, [])
  useEffect(() => {
    document.documentElement.lang = language === 'zh' ? 'zh-CN' : 'en'
  }, [language])
  const choice = useMemo(
    () => ({
      language,
      choose: (chosen: Language) => {
        rememberLanguage(chosen)
        setLanguage(chosen)
      },
    }),
    [language],
  )
  return (
    <LanguageContext value={choice}>
      <Toasts />
      <Standpoint standing={standing} move={setStanding} />
    </LanguageContext>
  )
}

const findStanding = async (): Promise<Standing> => {
  const place = await readConfig()
  const token = storedToken() ?? (await readDemoToken(place))
  return token === undefined ? { at: 'door', place, expired: false } : { at: 'inside', place, token }
}

interface StandpointProps {
  readonly standing: Standing
  readonly move: (standing: Standing) => void
}

const Standpoint = ({ standing, move }: StandpointProps) => {
  const place = standing.at === 'start' ? undefined : standing.place
  const enter = useCallback(
    (token: string): void => {
      storeToken(token)
      if (place) move({ at: 'inside', place, token })
    },
    [move, place],
  )
  if (standing.at === 'start' || !place) return null
  if (standing.at === 'inside') return <Inside place={place} token={standing.token} move={move} />
  return (
    <Suspense>
      <SignIn place={place} expired={standing.expired} onEnter={enter} />
    </Suspense>
  )
}

interface InsideProps {
  readonly place: PlaceConfig
  readonly token: string
  readonly move: (standing: Standing) => void
}

const Inside = ({ place, token, move }: InsideProps) => {
  const signOut = useCallback(
    (reason?: 'expired'): void => {
      storeToken(undefined)
      const sessionId = sessionIdOf(token)
      // Whoever goes leaves nothing behind that still lets in; where it cannot be reached, it ends by itself.
      if (reason === undefined && sessionId !== undefined)
        void clientFor(place, token)
          .call('sessions.revoke', { sessionId })
          .catch(() => undefined)
      move({ at: 'door', place, expired: reason === 'expired' })
    },
    [move, place, token],
  )
  const queries = useMemo(() => createQueries(() => signOut('expired')), [signOut])
  const session = useMemo<Session>(
    () => ({ client: clientFor(place, token), apiBaseUrl: place.apiBaseUrl, demo: place.demo, signOut }),
    [place, token, signOut],
  )
  return (
    <SessionContext value={session}>
      <QueryClientProvider client={queries}>
        <WithRole>
          <Router base={basePath}>
            <Shell />
          </Router>
        </WithRole>
      </QueryClientProvider>
    </SessionContext>
  )
}

/** A role that is changed counts within a minute, here as there. */
const WithRole = ({ children }: { readonly children: ReactNode }) => (
  <RoleContext value={useOperation('admins.me', {}, { everyMs: ROLE_MS })}>{children}</RoleContext>
)
