import { useCallback, useEffect, useState } from 'react'
import { askForDecision, askToSignIn, type SignInCode } from './api/sign-in.ts'
import { type ApiProblem, asProblem } from './api/problem.ts'
import type { PlaceConfig } from './api/place.ts'
import { Button } from './parts/button.tsx'
import { ErrorNotice } from './parts/notice.tsx'
import { QrCode } from './parts/qr-code.tsx'
import { useTexts } from './text/language.ts'
import { signInTexts } from './text/sign-in.ts'

/** The platform itself answers at most once a second. */
const POLL_MS = 1000

interface Props {
  readonly place: PlaceConfig
  readonly onEnter: (token: string) => void
}

type State = 'asking' | 'pending' | 'denied' | 'expired' | 'failed'

/** The QR code, the two digits beside it, and what came of them. */
export const SignInByCode = ({ place, onEnter }: Props) => {
  const texts = useTexts(signInTexts)
  const { state, asked, problem, renew } = useSignIn(place, onEnter)
  const isOver = state === 'denied' || state === 'expired'
  return (
    <section className="sign-in-scan" aria-label={texts.scan}>
      {asked && !isOver && (
        <>
          <QrCode value={asked.code} label={texts.codeLabel} />
          <p className="sign-in-check">
            {texts.check} <strong className="numbers">{asked.check}</strong>
          </p>
          <p className="soft">{texts.how}</p>
          {place.demo && (
            <p>
              <a
                href={`${place.apiBaseUrl}/demo/phone?${new URLSearchParams({ code: asked.code })}`}
                target="_blank"
                rel="noopener"
              >
                {texts.phone}
              </a>
            </p>
          )}
        </>
      )}
      <div role="status">
        {state === 'pending' && <p className="fine">{texts.waiting}</p>}
        {isOver && <p className="sign-in-note">{texts[state]}</p>}
      </div>
      <ErrorNotice problem={problem} />
      {(isOver || state === 'failed') && (
        <Button block size="large" onClick={renew}>
          {texts.renew}
        </Button>
      )}
    </section>
  )
}

function useSignIn(place: PlaceConfig, onEnter: (token: string) => void) {
  const [round, setRound] = useState(0)
  const [asked, setAsked] = useState<SignInCode>()
  const [state, setState] = useState<State>('asking')
  const [problem, setProblem] = useState<ApiProblem>()
  useEffect(() => {
    const leaving = new AbortController()
    const { signal } = leaving
    const follow = async (): Promise<void> => {
      const code = await askToSignIn(place)
      if (signal.aborted) return
      setAsked(code)
      setState('pending')
      while (!signal.aborted) {
        await new Promise((resolve) => setTimeout(resolve, POLL_MS))
        // A tab that nobody looks at need not ask.
        const isSeen = document.visibilityState === 'visible' || Date.now() > Date.parse(code.expiresAt)
        const decision = isSeen ? await decide(place, code) : undefined
        if (signal.aborted || decision === undefined) continue
        if (decision.state === 'approved') return onEnter(decision.token)
        setState(decision.state)
        if (decision.state !== 'pending') return
      }
    }
    follow().catch((error: unknown) => {
      if (signal.aborted) return
      setProblem(asProblem(error))
      setState('failed')
    })
    return () => leaving.abort()
  }, [place, onEnter, round])
  const renew = useCallback(() => {
    setAsked(undefined)
    setProblem(undefined)
    setState('asking')
    setRound((before) => before + 1)
  }, [])
  return { state, asked, problem, renew }
}

/** Undefined where it has to be asked again. */
const decide = (place: PlaceConfig, code: SignInCode) =>
  askForDecision(place, code).catch((error: unknown) => {
    if (asProblem(error).retryable) return undefined
    throw error
  })
