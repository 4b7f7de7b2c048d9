import { useState } from 'react'
import { Link } from 'wouter'
import { CheckField, TextAreaField } from '../parts/fields.tsx'
import { Mark } from '../parts/mark.tsx'
import { useTexts } from '../text/language.ts'
import { tourTexts } from '../text/tour.ts'
import type { DemoAudit } from './demo-api.ts'
import { Entry, Press } from './entry.tsx'
import { useDemoAction, useDrawer, type DemoAction } from './use-demo.ts'

export const ReviewerEntries = () => (
  <ul className="tour-list">
    <VerdictsEntry />
    <PaceEntry />
  </ul>
)

const defaultReason = '1:小程序服务类目与页面内容不符:<br>(1) 首页含商品售卖，请补充“商家自营”类目后重新提交'

const VerdictsEntry = () => {
  const texts = useTexts(tourTexts)
  const { state } = useDrawer()
  const doing = useDemoAction()
  const [reason, setReason] = useState(defaultReason)
  const [screenshots, setScreenshots] = useState(true)
  const { audits } = state
  const verdict = { reason: reason.trim() === '' ? defaultReason : reason, screenshots }
  return (
    <Entry
      title={texts.verdicts}
      what={audits.length === 0 ? texts.noAudits : texts.verdictsWhat}
      look={{ words: texts.verdictsLook, href: '/rollouts' }}
      result={doing.result}
    >
      {audits.length > 0 && (
        <>
          <ul className="tour-audits">
            {audits.map((audit) => (
              <Audit key={audit.appid} audit={audit} verdict={verdict} doing={doing} />
            ))}
          </ul>
          <div className="tour-form">
            <TextAreaField label={texts.reason} value={reason} onChange={setReason} rows={3} />
            <CheckField label={texts.screenshots} value={screenshots} onChange={setScreenshots} />
            <Press action="approveAll" doing={doing}>
              {texts.approveAll}
            </Press>
          </div>
        </>
      )}
    </Entry>
  )
}

interface AuditProps {
  readonly audit: DemoAudit
  readonly verdict: { readonly reason: string; readonly screenshots: boolean }
  readonly doing: DemoAction
}

const Audit = ({ audit, verdict, doing }: AuditProps) => {
  const texts = useTexts(tourTexts)
  const { leave } = useDrawer()
  const { appid, nickName, version, delayed } = audit
  const about = (words: string): string => `${words} ${nickName} ${version}`
  return (
    <li>
      <div className="row apart">
        <span>
          <Link href={`/merchants/${appid}`} onClick={leave}>
            {nickName}
          </Link>{' '}
          <span className="numbers">{version}</span>
        </span>
        {delayed && <Mark tone="warn">{texts.delayedMark}</Mark>}
      </div>
      <div className="row">
        <Press action="approve" input={{ appid }} doing={doing} label={about(texts.approve)}>
          {texts.approve}
        </Press>
        <Press action="reject" input={{ appid, ...verdict }} doing={doing} label={about(texts.reject)}>
          {texts.reject}
        </Press>
        {!delayed && (
          <Press action="delay" input={{ appid, reason: verdict.reason }} doing={doing} label={about(texts.delay)}>
            {texts.delay}
          </Press>
        )}
      </div>
    </li>
  )
}

const VERDICT_SECONDS = 5
const TIMER_SECONDS = 5
const REJECT_EVERY = 8

const PaceEntry = () => {
  const texts = useTexts(tourTexts)
  const { pace } = useDrawer().state
  const doing = useDemoAction()
  const change = (settings: object): void => void doing.run('setPace', settings)
  return (
    <Entry
      title={texts.pace}
      what={texts.paceWhat}
      look={{ words: texts.paceLook, href: '/rollouts' }}
      result={doing.result}
    >
      <div className="tour-form">
        <CheckField
          label={texts.paceVerdicts}
          value={pace.verdictSeconds !== null}
          onChange={(on) => change({ verdictSeconds: on ? VERDICT_SECONDS : null })}
        />
        <CheckField
          label={texts.paceRejects}
          value={pace.rejectEvery > 0}
          disabled={pace.verdictSeconds === null}
          onChange={(on) => change({ rejectEvery: on ? REJECT_EVERY : 0 })}
        />
        <CheckField
          label={texts.paceTimers}
          value={pace.timerSeconds !== null}
          onChange={(on) => change({ timerSeconds: on ? TIMER_SECONDS : null })}
        />
      </div>
    </Entry>
  )
}
