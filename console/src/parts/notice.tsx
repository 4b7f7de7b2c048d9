import type { ReactNode } from 'react'
import CheckCircleIcon from 'tdesign-icons-react/esm/components/check-circle.js'
import InfoCircleIcon from 'tdesign-icons-react/esm/components/info-circle.js'
import ErrorCircleIcon from 'tdesign-icons-react/esm/components/error-circle.js'
import { Button, CopyButton } from './button.tsx'
import type { ApiProblem } from '../api/problem.ts'
import { useLanguage, useTexts } from '../text/language.ts'
import { errorTexts } from '../text/parts.ts'
import { type Tellable, tellInConsole } from '../text/told.ts'
import './notice.css'
import './error-notice.css'

interface NoticeProps {
  readonly tone?: 'warn' | 'bad' | 'calm' | 'good'
  readonly children: ReactNode
  readonly action?: ReactNode
}

/** Something to know before going on. */
export const Notice = ({ tone = 'calm', children, action }: NoticeProps) => (
  <div className={`notice ${tone}`}>
    <div className="notice-main">
      {tone === 'good' ? <CheckCircleIcon size="18px" aria-hidden /> : <InfoCircleIcon size="18px" aria-hidden />}
      <div className="notice-words">{children}</div>
    </div>
    {action}
  </div>
)

interface ErrorNoticeProps {
  readonly problem: ApiProblem | undefined
  readonly onRetry?: (() => void) | undefined
}

/** What went wrong, what to do, and the number to ask with. */
export const ErrorNotice = ({ problem, onRetry }: ErrorNoticeProps) => {
  const texts = useTexts(errorTexts)
  const { language } = useLanguage()
  if (!problem) return null
  const { code, reason, requestId, field, wechat } = problem
  const { message, hint } =
    code === 'UNREACHABLE'
      ? { message: texts.unreachable, hint: texts.unreachableHint }
      : tellInConsole(problem, language)
  return (
    <div className="error-notice" role="alert">
      <ErrorCircleIcon aria-hidden size="18px" />
      <div className="error-words">
        <p className="error-title">{message}</p>
        {hint !== undefined && <p className="error-cure">{hint}</p>}
        <p className="fine error-marks">
          <span className="mono">{code}</span>
          {reason !== undefined && reason !== code && <span className="mono">{reason}</span>}
          {field !== undefined && (
            <span>
              {texts.field} <span className="mono">{field}</span>
            </span>
          )}
          {wechat && (
            <span className="mono">
              errcode {wechat.errcode} {wechat.errmsg}
            </span>
          )}
          {requestId !== undefined && (
            <span>
              {texts.requestId} <span className="mono">{requestId}</span>
              <CopyButton value={requestId} label={texts.copyRequestId} />
            </span>
          )}
        </p>
      </div>
      {onRetry && (
        <Button size="small" variant="outline" onClick={onRetry}>
          {texts.retry}
        </Button>
      )}
    </div>
  )
}

interface ProblemWordsProps {
  readonly problem: Tellable
}

/** What is wrong and what to do, for a cell of a table. */
export const ProblemWords = ({ problem }: ProblemWordsProps) => {
  const { language } = useLanguage()
  const { message, hint } = tellInConsole(problem, language)
  return (
    <span className="problem-words-small">
      <strong>{message}</strong>
      {hint !== undefined && <span className="fine">{hint}</span>}
    </span>
  )
}
