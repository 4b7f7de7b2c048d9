import { Panel } from '../../../parts/panel.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { rolloutsTexts } from '../../../text/rollouts.ts'
import { type Audience, totalOf } from './directory.ts'
import type { Draft } from './draft.ts'
import { extOf } from '../../../wechat/ext.ts'
import { nextWaveWhenOf } from './plan.ts'
import { endsOf, wavesFit, wavesOf } from './waves.ts'

/** The plan so far, beside the step. */
export const Summary = ({ draft, audience }: { readonly draft: Draft; readonly audience: Audience }) => {
  const texts = useTexts(wizardTexts)
  const rules = useTexts(rolloutsTexts)
  const { merchants, more, reading } = audience
  const ends = endsOf(draft, totalOf(audience))
  const names = Object.keys(extOf(draft) ?? {})
  const count = more || reading ? texts.atLeast(merchants.length) : String(merchants.length)
  const facts: readonly (readonly [string, readonly string[]])[] = [
    [
      texts.template,
      draft.templateId === undefined ? [texts.notYet] : [`#${draft.templateId} · ${draft.version}`, draft.name],
    ],
    [texts.merchants, [texts[draft.audience], texts.merchantCount(count)]],
    [texts.variables, [names.length === 0 ? texts.none : names.join(', ')]],
    [
      texts.waves,
      [
        wavesFit(ends)
          ? wavesOf(ends)
              .map((end) => `${end}%`)
              .join(' → ')
          : texts.notYet,
      ],
    ],
    [
      texts.ruleSummary,
      [
        rules.ruleSubmit(draft.autoSubmit),
        rules.ruleRelease(draft.autoRelease),
        ...(ends.length > 0 ? [rules.ruleWave(nextWaveWhenOf(draft) === 'released')] : []),
        ...(draft.maxFailures.trim() === '' ? [] : [rules.ruleFailures(Number(draft.maxFailures))]),
        ...(Number(draft.quotaReserve) > 0 ? [rules.ruleReserve(Number(draft.quotaReserve))] : []),
      ],
    ],
  ]
  return (
    <Panel title={texts.plan}>
      <dl className="wizard-summary">
        {facts.map(([name, lines]) => (
          <div key={name}>
            <dt>{name}</dt>
            {lines.map((line) => (
              <dd key={line}>{line}</dd>
            ))}
          </div>
        ))}
      </dl>
      <p className="fine">{texts.kept}</p>
    </Panel>
  )
}
