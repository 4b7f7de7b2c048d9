import { useEffect, useState, type FormEvent } from 'react'
import { Button } from './parts/button.tsx'
import { readDemoKey, type PlaceConfig } from './api/place.ts'
import { asProblem, type ApiProblem } from './api/problem.ts'
import { clientFor } from './api/session.ts'
import { Brand } from './parts/brand.tsx'
import { ErrorNotice } from './parts/error-notice.tsx'
import { TextField } from './parts/fields.tsx'
import { LanguageSwitch } from './parts/language-switch.tsx'
import { useTexts } from './text/language.ts'
import { shellTexts } from './text/shell.ts'
import './sign-in.css'

interface SignInProps {
  readonly place: PlaceConfig
  /** The key that was used until now is not accepted any more. */
  readonly expired: boolean
  readonly onEnter: (apiKey: string) => void
}

export const SignIn = ({ place, expired, onEnter }: SignInProps) => {
  const texts = useTexts(shellTexts)
  const [apiKey, setApiKey] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<ApiProblem>()
  useEffect(() => {
    document.title = `${texts.signIn} · Minifleet`
  }, [texts])

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
  const enterDemo = async (): Promise<void> => {
    const key = await readDemoKey(place)
    if (key !== undefined) await tryKey(key)
  }

  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <div className="row apart">
          <Brand />
          <LanguageSwitch />
        </div>
        <h1>{texts.signIn}</h1>
        <p className="soft">{texts.signInAbout}</p>
        {expired && !problem && (
          <p className="sign-in-note" role="alert">
            {texts.expired}
          </p>
        )}
        <form className="stack" onSubmit={submit}>
          <TextField
            label={texts.apiKey}
            type="password"
            value={apiKey}
            onChange={setApiKey}
            placeholder="mf_…"
            hint={texts.apiKeyHint}
            autoFocus
            mono
          />
          <ErrorNotice problem={problem} />
          <Button type="submit" block size="large" loading={busy} disabled={apiKey.trim() === ''}>
            {texts.signIn}
          </Button>
          {place.demo && (
            <Button variant="outline" block size="large" disabled={busy} onClick={() => void enterDemo()}>
              {texts.enterDemo}
            </Button>
          )}
        </form>
        <details>
          <summary>{texts.noKey}</summary>
          <p className="soft">{texts.noKeyHint}</p>
          <pre>npm run admin -- key console owner</pre>
        </details>
        <p className="fine">
          {texts.platformAt} <span className="mono">{place.apiBaseUrl}</span>
        </p>
      </div>
    </main>
  )
}
