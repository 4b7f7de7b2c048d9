import { useState } from 'react'
import { Button } from '../../parts/button.tsx'
import { TextAreaField } from '../../parts/fields.tsx'
import { useTexts } from '../../text/language.ts'
import { commitTexts } from '../../text/releases.ts'
import { objectOf, parseObject, rowsOf, type Row } from './ext-draft.ts'
import { RowEditor } from './row-editor.tsx'

interface ExtFieldsProps {
  readonly variables: readonly Row[]
  readonly onVariables: (rows: readonly Row[]) => void
  readonly extText: string
  readonly onExtText: (text: string) => void
  readonly moreText: string
  readonly onMoreText: (text: string) => void
}

/** What makes this merchant's copy of the template its own. */
export const ExtFields = ({ variables, onVariables, extText, onExtText, moreText, onMoreText }: ExtFieldsProps) => {
  const texts = useTexts(commitTexts)
  return (
    <>
      <fieldset className="plain-set stack tight">
        <legend>{texts.ext}</legend>
        <p className="fine">{texts.extHint}</p>
        <ExtEditor text={extText} onChange={onExtText} />
      </fieldset>
      <fieldset className="plain-set stack tight">
        <legend>{texts.variables}</legend>
        <p className="fine">{texts.variablesHint}</p>
        <RowEditor label={texts.variables} add={texts.addVariable} rows={variables} onChange={onVariables} />
      </fieldset>
      <details>
        <summary className="soft">{texts.more}</summary>
        <TextAreaField
          label={texts.more}
          value={moreText}
          onChange={onMoreText}
          hint={texts.moreHint}
          error={parseObject(moreText) ? undefined : texts.jsonWrong}
          placeholder={'{ "window": { "navigationBarTitleText": "{{shopName}}" } }'}
          rows={5}
          mono
        />
      </details>
    </>
  )
}

interface ExtEditorProps {
  readonly text: string
  readonly onChange: (text: string) => void
}

/** One by one as long as all values are texts, else as JSON. */
const ExtEditor = ({ text, onChange }: ExtEditorProps) => {
  const texts = useTexts(commitTexts)
  const [asJson, setAsJson] = useState(false)
  const object = parseObject(text)
  // A row whose name is still empty is in no object yet.
  const [drafts, setDrafts] = useState<readonly Row[]>()
  const rows = object && rowsOf(object)
  if (asJson || !rows)
    return (
      <>
        <TextAreaField
          label="ext (JSON)"
          value={text}
          onChange={onChange}
          error={object ? undefined : texts.jsonWrong}
          rows={7}
          mono
        />
        {rows && (
          <div>
            <Button variant="text" size="small" onClick={() => setAsJson(false)}>
              {texts.asRows}
            </Button>
          </div>
        )}
      </>
    )
  return (
    <>
      <RowEditor
        label={texts.ext}
        add={texts.addRow}
        rows={drafts ?? rows}
        onChange={(changed) => {
          setDrafts(changed)
          onChange(JSON.stringify(objectOf(changed), undefined, 2))
        }}
      />
      <div>
        <Button
          variant="text"
          size="small"
          onClick={() => {
            setDrafts(undefined)
            setAsJson(true)
          }}
        >
          {texts.asJson}
        </Button>
      </div>
    </>
  )
}
