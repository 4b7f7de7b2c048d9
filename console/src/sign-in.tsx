import { type FormEvent, useEffect, useState } from 'react'
import { Button } from './parts/button.tsx'
import { type PlaceConfig, readDemoToken } from './api/place.ts'
import { type ApiProblem, asProblem } from './api/problem.ts'
import { clientFor } from './api/session.ts'
import { Brand } from './parts/brand.tsx'
import { ErrorNotice } from './parts/notice.tsx'
import { TextField } from './parts/fields.tsx'
import { LanguageSwitch } from './parts/language-switch.tsx'
import { SignInByCode } from './sign-in-code.tsx'
import { useTexts } from './text/language.ts'
import { signInTexts } from './text/sign-in.ts'
import './sign-in.css'

interface SignInProps {
  readonly place: PlaceConfig
  /** What let in until now does not any more. */
  readonly expired: boolean
  readonly onEnter: (token: string) => void
}

export const SignIn = ({ place, expired, onEnter }: SignInProps) => {
  const texts = useTexts(signInTexts)
  useEffect(() => {
    document.title = `${texts.title} · Minifleet`
  }, [texts])
  const enterDemo = async (): Promise<void> => {
    const token = await readDemoToken(place)
    if (token !== undefined) onEnter(token)
  }
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <div className="row apart">
          <Brand />
          <LanguageSwitch />
        </div>
        <h1>{texts.title}</h1>
        {expired && (
          <p className="sign-in-note" role="alert">
            {texts.ended}
          </p>
        )}
        <p className="soft">{texts.about}</p>
        <SignInByCode place={place} onEnter={onEnter} />
        {place.demo && (
          <Button variant="outline" block size="large" onClick={() => void enterDemo()}>
            {texts.enterDemo}
          </Button>
        )}
        <details>
          <summary>{texts.withKey}</summary>
          <KeyForm place={place} onEnter={onEnter} />
        </details>
        <details>
          <summary>{texts.first}</summary>
          <p className="soft">{texts.firstHint}</p>
          <pre>npm run admin -- key console owner</pre>
        </details>
        <p className="fine">
          {texts.platformAt} <span className="mono">{place.apiBaseUrl}</span>
        </p>
      </div>
    </main>
  )
}

const KeyForm = ({ place, onEnter }: Pick<SignInProps, 'place' | 'onEnter'>) => {
  const texts = useTexts(signInTexts)
  const [apiKey, setApiKey] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  const tryKey = async (key: string): Promise<void> => {
    setBusy(true)
    setProblem(undefined)
    try {
      await clientFor(place, key).call('platform.status', {})
      onEnter(key)
    } catch (error) {
      const found = asProblem(error)
      // A key for a few operations only is a good key, too.
      if (found.code === 'PERMISSION_DENIED') onEnter(key)
      else setProblem(found)
    } finally {
      setBusy(false)
    }
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (apiKey.trim() !== '') void tryKey(apiKey.trim())
  }
  return (
    <form className="stack" onSubmit={submit}>
      <TextField
        label={texts.apiKey}
        type="password"
        value={apiKey}
        onChange={setApiKey}
        placeholder="mf_…"
        hint={texts.apiKeyHint}
        mono
      />
      <ErrorNotice problem={problem} />
      <Button type="submit" block size="large" loading={busy} disabled={apiKey.trim() === ''}>
        {texts.enter}
      </Button>
    </form>
  )
}
