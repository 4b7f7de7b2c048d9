import { Button } from './button.tsx'
import ErrorCircleIcon from 'tdesign-icons-react/esm/components/error-circle.js'
import type { ApiProblem } from '../api/problem.ts'
import { useLanguage, useTexts } from '../text/language.ts'
import { errorTexts } from '../text/errors.ts'
import { tellInConsole } from '../text/told.ts'
import { CopyButton } from './copy-button.tsx'
import './error-notice.css'

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
