import { CheckField, TextField } from '../../../parts/fields.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { ChoiceCards } from './choice-cards.tsx'
import { totalOf } from './directory.ts'
import { guardChoices } from './draft.ts'
import { nextWaveWhenOf, timeZone } from './plan.ts'
import { endsOf } from './waves.ts'
import type { StepProps } from './step.ts'
import { WaveEditor } from './wave-editor.tsx'

export const WavesStep = ({ draft, change, wrongs, audience }: StepProps) => {
  const texts = useTexts(wizardTexts)
  const total = totalOf(audience)
  const ends = endsOf(draft, total)
  return (
    <>
      <WaveEditor ends={ends} onChange={(waves) => change({ waves })} total={total} error={wrongs['waves']} />
      <fieldset className="wizard-set">
        <legend>{texts.automatic}</legend>
        <CheckField
          label={texts.autoSubmit}
          hint={texts.autoSubmitHint}
          value={draft.autoSubmit}
          onChange={(autoSubmit) => change({ autoSubmit })}
        />
        <CheckField
          label={texts.autoRelease}
          hint={texts.autoReleaseHint}
          value={draft.autoRelease}
          onChange={(autoRelease) => change({ autoRelease })}
        />
      </fieldset>
      {ends.length > 0 && (
        <ChoiceCards
          legend={texts.nextWhen}
          value={nextWaveWhenOf(draft)}
          onChange={(nextWaveWhen) => change({ nextWaveWhen })}
          choices={[
            { value: 'approved', title: texts.whenApproved },
            { value: 'released', title: texts.whenReleased },
          ]}
          beside
        />
      )}
      <ChoiceCards
        legend={texts.guard}
        value={draft.guard}
        onChange={(guard) => change({ guard })}
        choices={guardChoices.map((value) => ({
          value,
          title: texts[`guard_${value}`],
          words: texts[`guard_${value}Hint`],
        }))}
        beside
      />
      <CheckField label={texts.gray} hint={texts.grayHint} value={draft.gray} onChange={(gray) => change({ gray })} />
      <TextField
        label={texts.startAt}
        value={draft.startAt}
        onChange={(startAt) => change({ startAt })}
        hint={texts.startAtHint(timeZone())}
        error={wrongs['startAt']}
        optional
      />
      <div className="wizard-pair">
        <TextField
          label={texts.quietFrom}
          value={draft.quietFrom}
          onChange={(quietFrom) => change({ quietFrom })}
          hint={texts.quietHint}
          error={wrongs['quietHours']}
          optional
        />
        <TextField label={texts.quietTo} value={draft.quietTo} onChange={(quietTo) => change({ quietTo })} optional />
      </div>
      <div className="wizard-pair">
        <TextField
          label={texts.maxFailures}
          value={draft.maxFailures}
          onChange={(maxFailures) => change({ maxFailures })}
          hint={texts.maxFailuresHint}
          error={wrongs['maxFailures']}
          optional
        />
        <TextField
          label={texts.quotaReserve}
          value={draft.quotaReserve}
          onChange={(quotaReserve) => change({ quotaReserve })}
          hint={texts.quotaReserveHint}
          error={wrongs['quotaReserve']}
          optional
        />
      </div>
    </>
  )
}
