import { useState } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import DeleteIcon from 'tdesign-icons-react/esm/components/delete.js'
import { Button } from '../../../parts/button.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { ChoiceCards } from './choice-cards.tsx'
import { MAX_WAVES, presetNames, presetsFor, wavesFit, waveSizes, wavesOf, type Preset } from './waves.ts'
import './wave-editor.css'

interface WaveEditorProps {
  /** Of the waves before the last. */
  readonly ends: readonly string[]
  readonly onChange: (ends: readonly string[]) => void
  /** Merchants, where that is known. */
  readonly total: number | undefined
  readonly error: string | undefined
}

/** How many go first. Three usual ways, and one's own. */
export const WaveEditor = ({ ends, onChange, total, error }: WaveEditorProps) => {
  const texts = useTexts(wizardTexts)
  const presets = presetsFor(total)
  const preset = presetNames.find((name) => presets[name].join() === ends.join())
  const [custom, setCustom] = useState(preset === undefined)
  const choose = (chosen: Preset | 'custom'): void => {
    setCustom(chosen === 'custom')
    if (chosen !== 'custom') onChange(presets[chosen])
    else if (ends.length === 0) onChange(['20'])
  }
  return (
    <>
      <ChoiceCards<Preset | 'custom'>
        legend={texts.wavePlan}
        value={custom ? 'custom' : preset}
        onChange={choose}
        choices={[...presetNames, 'custom' as const].map((value) => ({ value, title: texts[value] }))}
        beside
      />
      {custom && <WaveRows ends={ends} onChange={onChange} error={error} />}
      <WaveBar ends={ends} total={total} />
    </>
  )
}

const WaveRows = ({ ends, onChange, error }: Pick<WaveEditorProps, 'ends' | 'onChange' | 'error'>) => {
  const texts = useTexts(wizardTexts)
  const last = Number(ends.at(-1) ?? 0)
  return (
    <div className="wave-rows">
      {ends.map((end, index) => (
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index} className="wave-row">
          <input
            className="control numbers"
            inputMode="numeric"
            aria-label={texts.waveUntil(index + 1)}
            aria-invalid={error !== undefined || undefined}
            aria-describedby={error === undefined ? undefined : 'waves-wrong'}
            value={end}
            onChange={(event) => onChange(ends.map((one, place) => (place === index ? event.target.value : one)))}
          />
          <span>%</span>
          <Button
            variant="text"
            shape="square"
            icon={<DeleteIcon aria-hidden />}
            aria-label={texts.removeWave(index + 1)}
            title={texts.removeWave(index + 1)}
            onClick={() => onChange(ends.filter((_, place) => place !== index))}
          />
        </div>
      ))}
      <span className="wave-row soft">100%</span>
      <Button
        variant="outline"
        size="small"
        icon={<AddIcon aria-hidden />}
        disabled={ends.length + 1 >= MAX_WAVES || last >= 99}
        onClick={() => onChange([...ends, String(Math.min(99, Math.round((last + 100) / 2)))])}
      >
        {texts.addWave}
      </Button>
      {error !== undefined && (
        <p id="waves-wrong" className="fine field-error">
          {error}
        </p>
      )}
    </div>
  )
}

/** The waves side by side, as large as they are. */
const WaveBar = ({ ends, total }: Pick<WaveEditorProps, 'ends' | 'total'>) => {
  const texts = useTexts(wizardTexts)
  if (!wavesFit(ends)) return null
  const all = wavesOf(ends)
  const sizes = total === undefined ? undefined : waveSizes(all, total)
  return (
    <ol className="wave-bar">
      {all.map((end, index) => (
        <li key={end} style={{ flexGrow: end - (all[index - 1] ?? 0) }}>
          <span className="wave-block" aria-hidden />
          <strong>{texts.waveNumber(index + 1)}</strong>
          <span className="fine numbers">
            {end}%{sizes && ` · ${sizes[index] ? texts.waveCount(sizes[index]) : texts.waveEmpty}`}
          </span>
        </li>
      ))}
    </ol>
  )
}
