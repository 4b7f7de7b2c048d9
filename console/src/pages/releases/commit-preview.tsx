import type { InputOf } from '../../api/call.ts'
import { useOperation } from '../../api/use-operation.ts'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useLanguage, useTexts } from '../../text/language.ts'
import { commitTexts } from '../../text/releases.ts'
import { type Tellable, tellInConsole } from '../../text/told.ts'
import { useSettled } from '../../parts/use-settled.ts'

type Wish = InputOf<'releases.render'>

const QUIET_MS = 400

/** What WeChat would get, and what would fail, before anything is sent. */
export const CommitPreview = ({ wish }: { readonly wish: Wish | undefined }) => {
  const texts = useTexts(commitTexts)
  const settled = useSettled(wish, QUIET_MS)
  const { data, problem } = useOperation('releases.render', settled)
  return (
    <div className="commit-preview">
      <h3>{texts.preview}</h3>
      {problem && <ErrorNotice problem={problem} />}
      {data && !problem && <ExtJson text={data.extJson} />}
      {!data && !problem && (settled ? <Waiting lines={4} /> : <p className="soft">{texts.previewWaiting}</p>)}
      {settled && <Checks appid={settled.appid} templateId={settled.templateId} />}
    </div>
  )
}

const Checks = ({ appid, templateId }: { readonly appid: string; readonly templateId: number }) => {
  const texts = useTexts(commitTexts)
  const { data, problem } = useOperation('releases.preflight', { appids: [appid], templateId })
  const problems = data?.items[0]?.problems
  return (
    <>
      <h3>{texts.checks}</h3>
      <ErrorNotice problem={problem} />
      {!problems && !problem && <Waiting lines={2} />}
      {problems?.length === 0 && <Notice tone="good">{texts.checksGood}</Notice>}
      {problems?.map((problem) => (
        <Notice key={problem.code} tone="warn">
          <Words problem={problem} />
        </Notice>
      ))}
    </>
  )
}

const Words = ({ problem }: { readonly problem: Tellable }) => {
  const { language } = useLanguage()
  const { message, hint } = tellInConsole(problem, language)
  return (
    <>
      {message}
      {hint !== undefined && <span className="soft"> {hint}</span>}
    </>
  )
}

/** `ext_json` in lines, or as it is where it is no JSON. */
export const ExtJson = ({ text }: { readonly text: string }) => <pre tabIndex={0}>{inLines(text)}</pre>

const inLines = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}
