import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { ExtEditor } from './ext-editor.tsx'
import { RenderPreview } from './render-preview.tsx'
import { SetupFields } from './setup-fields.tsx'
import type { StepProps } from './step.ts'

export const VariablesStep = (step: StepProps) => {
  const texts = useTexts(wizardTexts)
  const { draft, audience, wrongs } = step
  const setupIsWrong = Object.keys(wrongs).some((field) => field !== 'ext' && field !== 'extJson')
  const hasSetup = draft.privacy || Object.values(draft.domains).some((text) => text !== '')
  return (
    <>
      <div className="wizard-pair wide">
        <ExtEditor {...step} />
        <RenderPreview draft={draft} audience={audience} />
      </div>
      <details className="wizard-details" open={hasSetup || setupIsWrong || undefined}>
        <summary>{texts.setup}</summary>
        <SetupFields {...step} />
      </details>
    </>
  )
}
