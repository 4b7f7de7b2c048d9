import type { ReactNode } from 'react'
import CheckCircleIcon from 'tdesign-icons-react/esm/components/check-circle.js'
import InfoCircleIcon from 'tdesign-icons-react/esm/components/info-circle.js'
import './notice.css'

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
