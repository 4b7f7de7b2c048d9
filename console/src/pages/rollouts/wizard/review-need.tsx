import { reviewNeed } from '../../../../../shared/domain/rollouts/careful-plan.ts'
import { epochMs } from '../../../../../shared/time.ts'
import { useOperation } from '../../../api/use-operation.ts'
import { Notice } from '../../../parts/notice.tsx'
import { useLanguage, useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { chinaMonthOf } from '../../../text/times.ts'
import type { Audience } from './audience.ts'
import type { Draft } from './draft.ts'

/** How far the reviews of this month go, and when the rest follows. */
export const ReviewNeedNotice = ({ draft, audience }: { readonly draft: Draft; readonly audience: Audience }) => {
  const texts = useTexts(wizardTexts)
  const { language } = useLanguage()
  const [first] = audience.merchants
  const { data } = useOperation('releases.quota', draft.autoSubmit && first ? { appid: first.appid } : undefined)
  if (!data) return null
  const reserve = Number(draft.quotaReserve.trim() || 0)
  const { needed, left, later, lastFrom } = reviewNeed(audience.merchants.length, data, reserve, epochMs(Date.now()))
  return (
    <Notice tone={later > 0 ? 'warn' : 'calm'}>
      {texts.reviewsNeeded(audience.more ? texts.atLeast(needed) : String(needed), left)}
      {later > 0 &&
        ` ${texts.reviewsLater(later, lastFrom === undefined ? undefined : chinaMonthOf(new Date(lastFrom), language))}`}
    </Notice>
  )
}
