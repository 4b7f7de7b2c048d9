import { useCallback, useEffect, useMemo, useState } from 'react'
import { Router } from 'wouter'
import { basePath, readConfig, readDemoKey, type PlaceConfig } from './api/place.ts'
import { clientFor, SessionContext, storedKey, storeKey, type Session } from './api/session.ts'
import { Toasts } from './parts/toast.tsx'
import { Shell } from './shell.tsx'
import { SignIn } from './sign-in.tsx'
import { LanguageContext, rememberedLanguage, rememberLanguage, type Language } from './text/language.ts'

type Standing =
  | { readonly at: 'start' }
  | { readonly at: 'door'; readonly place: PlaceConfig; readonly expired: boolean }
  | { readonly at: 'inside'; readonly place: PlaceConfig; readonly apiKey: string }

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
  const apiKey = storedKey() ?? (await readDemoKey(place))
  return apiKey === undefined ? { at: 'door', place, expired: false } : { at: 'inside', place, apiKey }
}

interface StandpointProps {
  readonly standing: Standing
  readonly move: (standing: Standing) => void
}

const Standpoint = ({ standing, move }: StandpointProps) => {
  if (standing.at === 'start') return null
  const { place } = standing
  if (standing.at === 'inside') return <Inside place={place} apiKey={standing.apiKey} move={move} />
  const enter = (apiKey: string): void => {
    storeKey(apiKey)
    move({ at: 'inside', place, apiKey })
  }
  return <SignIn place={place} expired={standing.expired} onEnter={enter} />
}

interface InsideProps {
  readonly place: PlaceConfig
  readonly apiKey: string
  readonly move: (standing: Standing) => void
}

const Inside = ({ place, apiKey, move }: InsideProps) => {
  const signOut = useCallback(
    (reason?: 'expired'): void => {
      storeKey(undefined)
      move({ at: 'door', place, expired: reason === 'expired' })
    },
    [move, place],
  )
  const session = useMemo<Session>(
    () => ({ client: clientFor(place, apiKey), apiBaseUrl: place.apiBaseUrl, demo: place.demo, signOut }),
    [place, apiKey, signOut],
  )
  return (
    <SessionContext value={session}>
      <Router base={basePath}>
        <Shell />
      </Router>
    </SessionContext>
  )
}
