import { Button } from '../../../parts/button.tsx'
import { TextAreaField } from '../../../parts/fields.tsx'
import { FilterBar } from '../../../parts/filters.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { countValues } from './directory.ts'
import { extOf, formatExt, pairsOf, readExtJson } from './ext.ts'
import { PairRows } from './pair-rows.tsx'
import type { StepProps } from './step.ts'

/** Attributes that are offered; few merchants have more. */
const MOST_KNOWN = 8

/** `ext` as rows, or as JSON where it has levels. */
export const ExtEditor = ({ draft, change, wrongs, directory }: StepProps) => {
  const texts = useTexts(wizardTexts)
  const read = readExtJson(draft.extJson)
  const asPairs = 'ext' in read ? pairsOf(read.ext) : undefined
  const choose = (editor: 'form' | 'json'): void => {
    if (editor === 'json') change({ editor, extJson: formatExt(extOf(draft) ?? {}) })
    else if (asPairs) change({ editor, ext: asPairs })
  }
  return (
    <div className="stack tight">
      <div className="row apart">
        <strong>{texts.ext}</strong>
        <FilterBar
          label={texts.editor}
          value={draft.editor}
          choices={[
            { value: 'form', label: texts.form },
            { value: 'json', label: texts.json },
          ]}
          onChange={choose}
        />
      </div>
      <p className="fine">{texts.extAbout}</p>
      {draft.editor === 'form' ? (
        <>
          <KnownAttributes draft={draft} change={change} directory={directory} />
          <PairRows
            legend={texts.rows}
            bare
            nameLabel={texts.extName}
            valueLabel={texts.extValue}
            addLabel={texts.addVariable}
            pairs={draft.ext}
            onChange={(ext) => change({ ext: [...ext] })}
            error={wrongs['ext']}
          />
        </>
      ) : (
        <TextAreaField
          label={texts.json}
          value={draft.extJson}
          onChange={(extJson) => change({ extJson })}
          error={wrongs['extJson'] ?? ('ext' in read ? undefined : texts.notObject)}
          hint={'ext' in read && !asPairs ? texts.nestedOnly : undefined}
          rows={8}
          mono
        />
      )}
    </div>
  )
}

/** What merchants have is one press away. */
const KnownAttributes = ({ draft, change, directory }: Pick<StepProps, 'draft' | 'change' | 'directory'>) => {
  const texts = useTexts(wizardTexts)
  const names = countValues(directory.merchants.flatMap(({ attributes }) => Object.keys(attributes)))
  const open = names
    .map(([name]) => name)
    .filter((name) => !draft.ext.some((pair) => pair.name === name))
    .slice(0, MOST_KNOWN)
  if (open.length === 0) return null
  return (
    <div className="row">
      <span className="fine">{texts.known}</span>
      {open.map((name) => (
        <Button
          key={name}
          size="small"
          variant="outline"
          onClick={() => change({ ext: [...draft.ext, { name, value: `{{${name}}}` }] })}
        >
          {texts.addKnown(name)}
        </Button>
      ))}
    </div>
  )
}
