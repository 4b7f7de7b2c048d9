import { type ReactNode, useState } from 'react'
import { Link } from 'wouter'
import type { Release } from '../../../../client/src/client.ts'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { Facts, Panel } from '../../parts/panel.tsx'
import { OriginMark, StateTag, TemplateName } from '../../parts/mark.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { StepBar } from '../../parts/step-bar.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useTexts } from '../../text/language.ts'
import { releaseTexts } from '../../text/releases.ts'
import { ExtJson } from '../../parts/ext-editor.tsx'
import { GrayActions, ReleaseButton, ReviewActions } from './release-actions.tsx'
import { Rejection } from './rejection.tsx'
import { stepOf } from './release-steps.ts'
import { SubmitPanel } from './submit-panel.tsx'
import { useOperation } from '../../api/use-operation.ts'
import { ChoiceField } from '../../parts/fields.tsx'

interface CurrentReleaseProps {
  readonly release: Release
  /** Only then a part of the users can get this one first. */
  readonly hasLive: boolean
}

/** The version that is on its way: where it stands, and what to do next. */
export const CurrentRelease = ({ release, hasLive }: CurrentReleaseProps) => {
  const texts = useTexts(releaseTexts)
  const { appid, state, version } = release
  const hasTrial = state !== 'committing' && state !== 'failed'
  const canSubmit = state === 'committed' || state === 'withdrawn' || state === 'rejected'
  return (
    <>
      <Panel
        title={
          <span className="row">
            {texts.current} {version} <StateTag state={state} />
            <OriginMark origin={release.origin} />
          </span>
        }
      >
        <div className="stack">
          <StepBar
            label={texts.steps}
            steps={[texts.stepCommit, texts.stepTrial, texts.stepReview, texts.stepRelease, texts.stepLive]}
            current={stepOf(state)}
            failed={state === 'failed' || state === 'rejected'}
          />
          <WhatNow release={release} hasLive={hasLive} />
          <div className="release-columns">
            <div className="stack">
              <Rejection release={release} />
              <ReleaseFacts release={release} />
            </div>
            {hasTrial && <TrialCode key={release.releaseId} appid={appid} />}
          </div>
        </div>
      </Panel>
      {canSubmit && <SubmitPanel key={`${release.releaseId} ${state}`} release={release} />}
    </>
  )
}

const WhatNow = ({ release, hasLive }: CurrentReleaseProps) => {
  const texts = useTexts(releaseTexts)
  const { state, autoRelease, grayPercentage = 0, problem } = release
  switch (state) {
    case 'committing':
      return <Running words={texts.committingNow} />
    case 'submitting':
      return (
        <>
          <Running words={texts.submittingNow} />
          {problem && <ErrorNotice problem={asShown(problem)} />}
        </>
      )
    case 'failed':
      return problem ? <ErrorNotice problem={asShown(problem)} /> : <Notice tone="bad">{texts.failedNow}</Notice>
    case 'committed':
      return <Notice>{texts.committedNow}</Notice>
    case 'auditing':
    case 'delayed':
      return (
        <Notice tone={state === 'delayed' ? 'warn' : 'calm'} action={<ReviewActions appid={release.appid} />}>
          {state === 'delayed' ? texts.delayedNow : texts.auditingNow}
          {autoRelease === true && ` ${texts.autoReleaseNow}`}
        </Notice>
      )
    case 'approved':
      return (
        <Notice
          tone="good"
          action={
            <div className="row">
              {hasLive && <GrayActions release={release} />}
              <ReleaseButton release={release} />
            </div>
          }
        >
          {autoRelease === true ? texts.autoReleaseNow : hasLive ? texts.approvedNow : texts.approvedFirst}
        </Notice>
      )
    case 'gray':
      return (
        <>
          <Notice
            action={
              <div className="row">
                <GrayActions release={release} />
                <ReleaseButton release={release} />
              </div>
            }
          >
            {texts.grayNow(grayPercentage)}
          </Notice>
          <ProgressBar value={grayPercentage / 100} label={texts.grayNow(grayPercentage)} />
        </>
      )
    case 'rejected':
      return <Notice tone="bad">{texts.rejectedNow}</Notice>
    case 'withdrawn':
      return <Notice tone="warn">{texts.withdrawnNow}</Notice>
    case 'released':
      return <Notice tone="good">{texts.releasedNow(release.version)}</Notice>
    default:
      return null
  }
}

const asShown = (problem: NonNullable<Release['problem']>) => ({
  code: 'WECHAT_REJECTED' as const,
  message: problem.message,
  hint: problem.hint,
  retryable: false,
})

const Running = ({ words }: { readonly words: string }) => (
  <div className="stack tight">
    <Notice>{words}</Notice>
    <ProgressBar value={undefined} label={words} />
  </div>
)

const timeOf = (value: string | undefined): ReactNode =>
  value === undefined ? undefined : <TimeText key={value} value={value} />

const ReleaseFacts = ({ release }: { readonly release: Release }) => {
  const texts = useTexts(releaseTexts)
  const { templateId, description, createdAt, submittedAt, auditedAt, auditId, rolloutId, extJson } = release
  return (
    <>
      <Facts
        facts={[
          [texts.template, <TemplateName key="template" templateId={templateId} />],
          [texts.description, description],
          [texts.createdAt, timeOf(createdAt)],
          [texts.submittedAt, timeOf(submittedAt)],
          [texts.auditedAt, timeOf(auditedAt)],
          [texts.auditId, auditId],
          [texts.rollout, rolloutId && <Link href={`/rollouts/${rolloutId}`}>{texts.see}</Link>],
        ]}
      />
      {extJson !== undefined && (
        <details>
          <summary className="soft">{texts.extJson}</summary>
          <ExtJson text={extJson} />
        </details>
      )}
    </>
  )
}

/** WeChat's QR code of the trial version, of any of its pages. */
const TrialCode = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(releaseTexts)
  const [path, setPath] = useState('')
  const { data: code, problem, reload } = useOperation('releases.preview', { appid, ...(path !== '' && { path }) })
  const { data: pages } = useOperation('releases.pages', { appid })
  return (
    <div className="trial-code">
      {code ? (
        <img src={`data:${code.contentType};base64,${code.base64}`} alt={texts.trialCode} />
      ) : (
        <div className="trial-empty" aria-hidden />
      )}
      <p className="fine">{texts.trialHint}</p>
      <ErrorNotice problem={problem} onRetry={reload} />
      {pages && pages.pages.length > 1 && (
        <ChoiceField
          label={texts.trialPage}
          value={path}
          onChange={setPath}
          choices={[
            { value: '', label: texts.trialHome },
            ...pages.pages.map((page) => ({ value: page, label: page })),
          ]}
        />
      )}
    </div>
  )
}
