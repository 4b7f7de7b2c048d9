import { useRef, useState } from 'react'
import { useSearchParams } from 'wouter'
import { Button } from '../../parts/button.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useTexts } from '../../text/language.ts'
import { wizardTexts } from '../../text/rollout-wizard.ts'
import { audienceOf, useDirectory } from './wizard/directory.ts'
import { CheckStep } from './wizard/check-step.tsx'
import { MerchantsStep } from './wizard/merchants-step.tsx'
import { StartButton } from './wizard/start-button.tsx'
import { isStepName, type StepName, stepNames } from './wizard/step.ts'
import { StepNav } from './wizard/step-nav.tsx'
import { Summary } from './wizard/summary.tsx'
import { TemplateStep } from './wizard/template-step.tsx'
import { useDraft } from './wizard/use-draft.ts'
import { VariablesStep } from './wizard/variables-step.tsx'
import { WavesStep } from './wizard/waves-step.tsx'
import { useWrongs } from './wizard/wrongs.ts'
import './rollout.css'
import './wizard/wizard.css'

const steps = {
  template: TemplateStep,
  merchants: MerchantsStep,
  variables: VariablesStep,
  waves: WavesStep,
  check: CheckStep,
} as const

/** Step by step to a rollout; the step is in the address, what was filled in stays with the tab. */
export const NewRolloutPage = () => {
  const texts = useTexts(wizardTexts)
  const [params, setParams] = useSearchParams()
  const { draft, change, forget } = useDraft()
  const [tried, setTried] = useState<readonly StepName[]>([])
  const panel = useRef<HTMLDivElement>(null)
  const directory = useDirectory()
  const audience = audienceOf(draft, directory)
  const wrongs = useWrongs(draft, audience)
  const firstWrong = stepNames.findIndex((name) => Object.keys(wrongs[name]).length > 0)
  const reach = firstWrong === -1 ? stepNames.length - 1 : firstWrong
  const wished = params.get('step') ?? ''
  const step = stepNames[Math.min(isStepName(wished) ? stepNames.indexOf(wished) : 0, reach)] ?? 'template'
  const at = stepNames.indexOf(step)
  const Step = steps[step]
  const shown = tried.includes(step) ? wrongs[step] : {}

  const go = (to: StepName): void => {
    setParams({ step: to })
    window.scrollTo(0, 0)
    panel.current?.focus({ preventScroll: true })
  }
  const goOn = (): void => {
    if (Object.keys(wrongs[step]).length === 0) return go(stepNames[at + 1] ?? step)
    setTried((before) => [...before, step])
    // The fields know what is wrong after the next drawing.
    setTimeout(() => panel.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus())
  }

  return (
    <div className="stack">
      <PageHeader
        title={texts.title}
        back={{ href: '/rollouts', label: texts.back }}
        actions={
          <ConfirmButton
            variant="text"
            title={texts.discardTitle}
            consequence={texts.discardWords}
            danger
            onConfirm={() => {
              forget()
              setTried([])
              setParams({})
              return Promise.resolve(true)
            }}
          >
            {texts.discard}
          </ConfirmButton>
        }
      />
      <StepNav step={step} reach={reach} onGo={go} />
      <div className="wizard">
        <div ref={panel} tabIndex={-1} className="wizard-main">
          <Panel title={texts[step]} note={texts.stepOf(at + 1, stepNames.length)}>
            <div className="stack">
              <p className="soft">{texts[`${step}About`]}</p>
              <Step draft={draft} change={change} wrongs={shown} directory={directory} audience={audience} />
              <div className="wizard-foot">
                {at > 0 ? (
                  <Button variant="outline" theme="default" onClick={() => go(stepNames[at - 1] ?? step)}>
                    {texts.previous}
                  </Button>
                ) : (
                  <span />
                )}
                {step === 'check' ? (
                  <StartButton
                    draft={draft}
                    audience={audience}
                    disabled={audience.reading || (audience.merchants.length === 0 && !audience.more)}
                  />
                ) : (
                  <Button theme="primary" onClick={goOn}>
                    {texts.next}
                  </Button>
                )}
              </div>
            </div>
          </Panel>
        </div>
        <Summary draft={draft} audience={audience} />
      </div>
    </div>
  )
}
