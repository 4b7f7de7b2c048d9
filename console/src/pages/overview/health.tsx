import type { ReactNode } from 'react'
import { Link } from 'wouter'
import type { DataOf } from '../../api/call.ts'
import { TimeText } from '../../parts/time-text.tsx'
import { useLanguage, useTexts } from '../../text/language.ts'
import { overviewTexts } from '../../text/overview.ts'
import { lengthOf } from '../../text/times.ts'

type Status = DataOf<'platform.status'>

/** WeChat pushes one every 10 minutes; the platform opens a problem after 30. */
const LATE_SECONDS = 30 * 60

/** Four numbers that say how the platform stands. */
export const Health = ({ status }: { readonly status: Status }) => {
  const texts = useTexts(overviewTexts)
  const { authorizers, audits, queue } = status
  return (
    <div className="tiles">
      <Tile href="/merchants" name={texts.merchants} value={authorizers.active} unit={texts.activeOf}>
        <Count count={authorizers.reauthorize} words={texts.reauthorize} tone="caution" />
        <Count count={authorizers.revoked} words={texts.revoked} />
      </Tile>
      <Tile href="/merchants" name={texts.audits} value={audits.auditing} unit={texts.auditing}>
        <Count count={audits.rejected} words={texts.rejected} tone="alarm" />
      </Tile>
      <Ticket status={status} />
      <Tile href="/events" name={texts.queue} value={queue['unfinishedPushes'] ?? 0} unit={texts.pushes}>
        <Count count={queue['dueTokens'] ?? 0} words={texts.tokens} />
      </Tile>
    </div>
  )
}

const Ticket = ({ status: { ticket, componentToken } }: { readonly status: Status }) => {
  const texts = useTexts(overviewTexts)
  const { language } = useLanguage()
  const { ageSeconds } = ticket
  const isLate = ageSeconds === null || ageSeconds > LATE_SECONDS
  return (
    <Tile
      href="/settings"
      name={texts.ticket}
      value={ageSeconds === null ? '–' : lengthOf(ageSeconds, language)}
      unit={ageSeconds === null ? '' : texts.ticketAge}
    >
      <span className={isLate ? 'alarm' : undefined}>
        {ageSeconds === null ? texts.ticketNever : isLate ? texts.ticketLate : texts.ticketGood}
      </span>
      {componentToken.expiresAt !== null && (
        <span>
          {texts.componentToken} <TimeText value={componentToken.expiresAt} form="clock" />
        </span>
      )}
    </Tile>
  )
}

interface TileProps {
  readonly href: string
  readonly name: string
  readonly value: number | string
  readonly unit: string
  readonly children: ReactNode
}

const Tile = ({ href, name, value, unit, children }: TileProps) => (
  <Link href={href} className="tile">
    <span className="tile-name">{name}</span>
    <span className="tile-value">
      {value}
      <small>{unit}</small>
    </span>
    <span className="tile-words">{children}</span>
  </Link>
)

interface CountProps {
  readonly count: number
  readonly words: string
  readonly tone?: 'alarm' | 'caution'
}

const Count = ({ count, words, tone }: CountProps) => (
  <span className={count > 0 ? tone : undefined}>
    {count} {words}
  </span>
)
