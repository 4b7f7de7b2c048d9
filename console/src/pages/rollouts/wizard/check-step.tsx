import { Button } from '../../../parts/button.tsx'
import { ExportButton } from '../../../parts/export-button.tsx'
import { ErrorNotice, Notice } from '../../../parts/notice.tsx'
import { ProgressBar } from '../../../parts/progress-bar.tsx'
import { useLanguage, useTexts } from '../../../text/language.ts'
import { rolloutToolTexts } from '../../../text/rollouts.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { saveComparison } from '../exports.ts'
import { CheckTable, WarningList } from './check-table.tsx'
import type { Draft } from './draft.ts'
import type { StepProps } from './step.ts'
import { givenExtOf } from '../../../wechat/ext.ts'
import { SAMPLE, sampleOf, type Shipped, type Standing, standingOf, usePreflight } from './use-preflight.ts'
import { reviewNeed } from '../../../../../shared/domain/rollouts/careful-plan.ts'
import { groupBy } from '../../../../../shared/grouping.ts'
import { epochMs } from '../../../../../shared/time.ts'
import { useOperation } from '../../../api/use-operation.ts'
import { chinaMonthOf } from '../../../text/times.ts'
import type { Audience } from './directory.ts'

const shippedOf = (draft: Draft): Shipped => {
  const { templateId, version } = draft
  const ext = givenExtOf(draft)
  return {
    ...(templateId !== undefined && { templateId }),
    ...(version.trim() !== '' && { version: version.trim() }),
    ...(ext && { ext }),
  }
}

/** What would fail, merchant by merchant, before anything is sent. */
export const CheckStep = ({ draft, change, audience, directory }: StepProps) => {
  const texts = useTexts(wizardTexts)
  const tools = useTexts(rolloutToolTexts)
  const { merchants, reading, more } = audience
  const sample = reading ? undefined : sampleOf(merchants.map(({ appid }) => appid))
  const shipped = shippedOf(draft)
  const preflight = usePreflight(sample, shipped)
  const { items, total, running, problem, again } = preflight
  const standings = groupBy(items, (item) => standingOf(item, draft.allow))
  const countOf = (standing: Standing): number => standings.get(standing)?.length ?? 0
  const notReady = standings.get('notReady') ?? []
  const names = new Map(merchants.map(({ appid, nickName }) => [appid, nickName]))
  const leaveOut = (): void => {
    const bad = new Set(notReady.map(({ appid }) => appid))
    change({ picked: draft.picked.filter(({ appid }) => !bad.has(appid)) })
  }
  if (!reading && merchants.length === 0)
    return <Notice tone="warn">{more ? texts.noneKnown(directory.merchants.length) : texts.noneToCheck}</Notice>
  return (
    <>
      {!reading && <ReviewNeedNotice draft={draft} audience={audience} />}
      {merchants.length > SAMPLE && (
        <Notice>{texts.sample(SAMPLE, more ? texts.atLeast(merchants.length) : String(merchants.length))}</Notice>
      )}
      {(running || reading) && (
        <div className="stack tight" role="status">
          <span>{reading ? texts.counting(merchants.length) : texts.checking(items.length, total)}</span>
          <ProgressBar value={reading ? undefined : items.length / Math.max(total, 1)} label={texts.checked} />
        </div>
      )}
      <ErrorNotice problem={problem} onRetry={again} />
      {!running && !problem && (
        <div className="row apart">
          <div className="row check-counts" role="status">
            <span className="good">{texts.readyCount(countOf('ready'))}</span>
            {countOf('hasIt') > 0 && <span className="soft">{texts.hasItCount(countOf('hasIt'))}</span>}
            {countOf('warned') > 0 && <span className="warn">{texts.askedCount(countOf('warned'))}</span>}
            {notReady.length > 0 && <span className="warn">{texts.notReadyCount(notReady.length)}</span>}
          </div>
          <div className="row">
            {draft.audience === 'pick' && notReady.length > 0 && notReady.length < items.length && (
              <Button variant="outline" size="small" onClick={leaveOut}>
                {texts.leaveOut(notReady.length)}
              </Button>
            )}
            {shipped.templateId !== undefined && (
              <ExportButton
                make={(client) =>
                  saveComparison(client, merchants, { ...shipped, templateId: shipped.templateId ?? 0 }, tools)
                }
              >
                {tools.exportComparison}
              </ExportButton>
            )}
            <Button variant="outline" size="small" onClick={again}>
              {texts.again}
            </Button>
          </div>
        </div>
      )}
      {notReady.length > 0 && !running && <p className="soft">{texts.notReadyAbout}</p>}
      {!running && <WarningList items={items} allow={draft.allow} onChange={(allow) => change({ allow })} />}
      {items.length > 0 && <CheckTable items={items} allow={draft.allow} names={names} />}
    </>
  )
}

/** How far the reviews of this month go, and when the rest follows. */
const ReviewNeedNotice = ({ draft, audience }: { readonly draft: Draft; readonly audience: Audience }) => {
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
