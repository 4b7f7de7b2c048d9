import { useTexts } from '../text/language.ts'
import { extTexts } from '../text/parts.ts'
import { extOf, formatExt, pairsOf, parseObject, type ExtDraft } from '../wechat/ext.ts'
import { Button } from './button.tsx'
import { TextAreaField } from './fields.tsx'
import { FilterBar } from './filters.tsx'
import { PairRows } from './pair-rows.tsx'

/** `ext_json` in lines, or as it is where it is no JSON. */
export const ExtJson = ({ text }: { readonly text: string }) => <pre tabIndex={0}>{inLines(text)}</pre>

const inLines = (text: string): string => {
  try {
    return JSON.stringify(JSON.parse(text), undefined, 2)
  } catch {
    return text
  }
}

interface ExtEditorProps {
  readonly draft: ExtDraft
  readonly onChange: (part: Partial<ExtDraft>) => void
  readonly error?: string | undefined
  /** Names that merchants have a value for: one press away. */
  readonly known?: readonly string[]
}

/** `ext` as rows, or as JSON where it has levels. */
export const ExtEditor = ({ draft, onChange, error, known = [] }: ExtEditorProps) => {
  const texts = useTexts(extTexts)
  const { editor, ext, extJson } = draft
  const object = parseObject(extJson)
  const asPairs = object && pairsOf(object)
  const choose = (chosen: ExtDraft['editor']): void => {
    if (chosen === 'json') onChange({ editor: chosen, extJson: formatExt(extOf(draft) ?? {}) })
    else if (asPairs) onChange({ editor: chosen, ext: asPairs })
  }
  const open = known.filter((name) => !ext.some((pair) => pair.name === name))
  return (
    <div className="stack tight">
      <div className="row apart">
        <strong>{texts.ext}</strong>
        <FilterBar
          label={texts.editor}
          value={editor}
          choices={[
            { value: 'form', label: texts.form },
            { value: 'json', label: texts.json },
          ]}
          onChange={choose}
        />
      </div>
      <p className="fine">{texts.about}</p>
      {editor === 'json' ? (
        <TextAreaField
          label={texts.json}
          value={extJson}
          onChange={(text) => onChange({ extJson: text })}
          error={error ?? (object ? undefined : texts.notObject)}
          hint={object && !asPairs ? texts.nestedOnly : undefined}
          rows={8}
          mono
        />
      ) : (
        <>
          {open.length > 0 && (
            <div className="row">
              <span className="fine">{texts.known}</span>
              {open.map((name) => (
                <Button
                  key={name}
                  size="small"
                  variant="outline"
                  onClick={() => onChange({ ext: [...ext, { name, value: `{{${name}}}` }] })}
                >
                  {texts.addKnown(name)}
                </Button>
              ))}
            </div>
          )}
          <PairRows
            legend={texts.ext}
            bare
            nameLabel={texts.name}
            valueLabel={texts.value}
            addLabel={texts.add}
            pairs={ext}
            onChange={(pairs) => onChange({ ext: pairs })}
            error={error}
          />
        </>
      )}
    </div>
  )
}
