import { Mark } from '../parts/mark.tsx'
import { ProgressBar } from '../parts/progress-bar.tsx'
import { useLanguage, useTexts } from '../text/language.ts'
import { tourTexts } from '../text/tour.ts'
import type { DemoState } from './demo-api.ts'
import { useDrawer } from './use-demo.ts'

/** How far the sample data is, and what of WeChat works. */
export const Standing = () => {
  const texts = useTexts(tourTexts)
  const { seeding, tickets, quota, wechat, business, audits } = useDrawer().state
  return (
    <div className="stack tight">
      {seeding.state !== 'ready' && <Seeding seeding={seeding} />}
      <div className="row tour-marks">
        <Mark tone={wechat.down ? 'bad' : 'good'}>{wechat.down ? texts.wechatDown : texts.wechatGood}</Mark>
        <Mark tone={tickets.running ? 'good' : 'bad'}>
          {tickets.running ? texts.ticketsGood : texts.ticketsStopped}
        </Mark>
        <Mark tone={quota.left > 0 ? 'dull' : 'bad'}>{texts.quotaLeft(quota.left)}</Mark>
        <Mark tone={audits.length > 0 ? 'calm' : 'dull'}>{texts.audits(audits.length)}</Mark>
        {wechat.whitelistClosed && <Mark tone="bad">{texts.whitelistClosed}</Mark>}
        {business.down && <Mark tone="bad">{texts.businessDown}</Mark>}
      </div>
    </div>
  )
}

const Seeding = ({ seeding }: Pick<DemoState, 'seeding'>) => {
  const texts = useTexts(tourTexts)
  const { language } = useLanguage()
  const { state, done, total, chapter, problem } = seeding
  const title = state === 'failed' ? texts.seedingFailed : texts.seeding
  return (
    <div className="tour-seeding">
      <div className="row apart">
        <span>{title}</span>
        <span className="fine numbers">
          {done} / {total}
        </span>
      </div>
      <ProgressBar value={total === 0 ? 1 : done / total} label={title} />
      {chapter && <p className="fine">{chapter[language]}</p>}
      {problem !== undefined && <p className="fine mono">{problem}</p>}
    </div>
  )
}
