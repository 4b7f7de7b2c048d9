import { useId, type ReactNode } from 'react'
import { Button } from 'tdesign-react/es/button'
import LoadingIcon from 'tdesign-icons-react/esm/components/loading.js'
import { Link } from 'wouter'
import { Mark } from '../parts/mark.tsx'
import { useLanguage, useTexts, type Language } from '../text/language.ts'
import { tellInConsole, type Tellable } from '../text/told.ts'
import { tourTexts } from '../text/tour.ts'
import type { DemoResult } from './demo-api.ts'
import { useDemoAction, useDrawer, type DemoAction } from './use-demo.ts'

/** Where in the console the effect is seen. */
export interface Look {
  readonly words: string
  readonly href: string
}

interface EntryProps {
  readonly title: string
  /** One sentence: what happens. */
  readonly what: string
  readonly look: Look
  /** Beside the title. */
  readonly mark?: ReactNode
  readonly children: ReactNode
  readonly result: DemoResult | undefined
}

/** One thing that can be done: what it does, where to look, how it went. */
export const Entry = ({ title, what, look, mark, children, result }: EntryProps) => {
  const id = useId()
  return (
    <li>
      <article className="tour-entry" aria-labelledby={id}>
        <div className="row apart">
          <h3 id={id}>{title}</h3>
          {mark}
        </div>
        <p className="soft">{what}</p>
        {children}
        <Result result={result} />
        <LookLink {...look} />
      </article>
    </li>
  )
}

const LookLink = ({ words, href }: Look) => {
  const texts = useTexts(tourTexts)
  const { leave } = useDrawer()
  return (
    <p className="fine tour-look">
      {texts.look}{' '}
      <Link href={href} onClick={leave}>
        {words}
      </Link>
    </p>
  )
}

const Result = ({ result }: { readonly result: DemoResult | undefined }) => {
  const texts = useTexts(tourTexts)
  const { language } = useLanguage()
  return (
    <div role="status">
      {result?.ok === true && <p className="tour-result">{result.outcome[language]}</p>}
      {result?.ok === false && (
        <p className="tour-result bad">
          {texts.refused}: <Refusal error={result.error} language={language} />
        </p>
      )}
    </div>
  )
}

const Refusal = ({ error, language }: { readonly error: Tellable; readonly language: Language }) => {
  const { message, hint } = tellInConsole(error, language)
  return (
    <>
      <span className="mono">{error.code}</span> {message}
      {hint !== undefined && ` ${hint}`}
    </>
  )
}

interface PressProps {
  readonly action: string
  readonly input?: object
  readonly doing: DemoAction
  readonly children: string
  readonly disabled?: boolean
  readonly primary?: boolean
  /** Read out instead of the words on it. */
  readonly label?: string
}

/** While it works it stays a button that can be pressed: one that is disabled loses the keyboard's focus. */
export const Press = ({ action, input, doing, children, disabled = false, primary = false, label }: PressProps) => (
  <Button
    size="small"
    theme={primary ? 'primary' : 'default'}
    variant={primary ? 'base' : 'outline'}
    disabled={disabled}
    {...(doing.busy === action && { icon: <LoadingIcon className="tour-busy" aria-hidden /> })}
    {...(label === undefined ? {} : { 'aria-label': label })}
    onClick={() => void doing.run(action, input)}
  >
    {children}
  </Button>
)

interface SimpleEntryProps {
  readonly action: string
  readonly title: string
  readonly what: string
  readonly look: Look
  /** Set where it is broken already. */
  readonly broken?: boolean
  readonly primary?: boolean
}

/** An entry with one button and nothing to choose. */
export const SimpleEntry = ({ action, title, what, look, broken = false, primary = false }: SimpleEntryProps) => {
  const texts = useTexts(tourTexts)
  const doing = useDemoAction()
  return (
    <Entry
      title={title}
      what={what}
      look={look}
      result={doing.result}
      mark={broken ? <Mark tone="bad">{texts.broken}</Mark> : undefined}
    >
      <div className="row">
        <Press action={action} doing={doing} primary={primary}>
          {title}
        </Press>
      </div>
    </Entry>
  )
}
