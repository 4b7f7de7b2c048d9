import type { InputOf } from '../../api/call.ts'
import { useOperation } from '../../api/use-operation.ts'
import { ErrorNotice, Notice, ProblemWords } from '../../parts/notice.tsx'
import { Pending, Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { commitTexts } from '../../text/releases.ts'
import { ExtJson } from '../../parts/ext-editor.tsx'
import { useSettled } from '../../parts/use-settled.ts'

type RenderInput = InputOf<'releases.render'>

const QUIET_MS = 400

/** What WeChat would get, and what would fail, before anything is sent. */
export const CommitPreview = ({ input }: { readonly input: RenderInput | undefined }) => {
  const texts = useTexts(commitTexts)
  const settled = useSettled(input, QUIET_MS)
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
  const preflight = useOperation('releases.preflight', { appids: [appid], templateId })
  const problems = preflight.data?.items[0]?.problems
  return (
    <>
      <h3>{texts.checks}</h3>
      <Pending of={preflight} lines={2} />
      {problems?.length === 0 && <Notice tone="good">{texts.checksGood}</Notice>}
      {problems?.map((problem) => (
        <Notice key={problem.code} tone="warn">
          <ProblemWords problem={problem} />
        </Notice>
      ))}
    </>
  )
}
