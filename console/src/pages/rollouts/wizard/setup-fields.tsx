import { CheckField, ChoiceField, TextAreaField, TextField } from '../../../parts/fields.tsx'
import { useLanguage, useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { privacyChoices } from '../../../wechat/privacy.ts'
import { contactKinds, domainKinds } from './draft.ts'
import { PairRows } from '../../../parts/pair-rows.tsx'
import type { StepProps } from './step.ts'

/** What merchants are given before the upload, where they lack it. */
export const SetupFields = ({ draft, change, wrongs }: StepProps) => {
  const texts = useTexts(wizardTexts)
  return (
    <div className="stack">
      <p className="fine">{texts.setupAbout}</p>
      <div className="wizard-pair">
        {domainKinds.map((kind) => (
          <TextAreaField
            key={kind}
            label={texts[kind]}
            value={draft.domains[kind]}
            onChange={(text) => change({ domains: { ...draft.domains, [kind]: text } })}
            hint={texts.domainsHint}
            error={wrongs[kind]}
            rows={2}
            mono
          />
        ))}
      </div>
      <CheckField label={texts.privacy} value={draft.privacy} onChange={(privacy) => change({ privacy })} />
      {draft.privacy && <PrivacyFields draft={draft} change={change} wrongs={wrongs} />}
    </div>
  )
}

const PrivacyFields = ({ draft, change, wrongs }: Pick<StepProps, 'draft' | 'change' | 'wrongs'>) => {
  const texts = useTexts(wizardTexts)
  const { language } = useLanguage()
  return (
    <>
      <div className="wizard-pair">
        <ChoiceField
          label={texts.contactKind}
          value={draft.contactKind}
          onChange={(contactKind) => change({ contactKind })}
          choices={contactKinds.map((value) => ({ value, label: texts[value] }))}
        />
        <TextField
          label={texts.contact}
          value={draft.contact}
          onChange={(contact) => change({ contact })}
          error={wrongs['contact']}
        />
        <TextField
          label={texts.noticeMethod}
          value={draft.noticeMethod}
          onChange={(noticeMethod) => change({ noticeMethod })}
          hint={texts.noticeHint}
          error={wrongs['noticeMethod']}
        />
      </div>
      <PairRows
        legend={texts.privacyList}
        nameLabel={texts.privacyKey}
        valueLabel={texts.privacyText}
        valuePlaceholder={texts.privacyPurpose}
        addLabel={texts.addPrivacy}
        pairs={draft.privacyList}
        onChange={(privacyList) => change({ privacyList })}
        error={wrongs['privacyList']}
        choices={privacyChoices(language)}
      />
    </>
  )
}
