import type { ReactNode } from 'react'
import 'tdesign-react/es/tag/style/index.css'
import { type StateName, type Tone, toneOf, useStateWords } from '../text/states.ts'
import { useTexts } from '../text/language.ts'
import { partTexts } from '../text/parts.ts'
import './mark.css'

/** A word on a coloured ground. The word says it all; the colour only helps. */
export const Mark = ({ tone = 'dull', children }: { readonly tone?: Tone; readonly children: ReactNode }) => (
  <span className={`t-tag mark ${tone}`}>{children}</span>
)

/** The state of a release, an item of a rollout, a rollout, an authorizer, a binding, a delivery or a push. */
export const StateTag = ({ state }: { readonly state: StateName }) => {
  const words = useStateWords()
  return <Mark tone={toneOf(state)}>{words(state)}</Mark>
}

/** Marks what others put there. */
export const OriginMark = ({ origin }: { readonly origin: 'here' | 'elsewhere' }) => {
  const texts = useTexts(partTexts)
  return origin === 'elsewhere' && <Mark tone="warn">{texts.elsewhere}</Mark>
}

/** Of what others put there WeChat does not tell which template it was made from. */
export const TemplateName = ({ templateId }: { readonly templateId: number | undefined }) => {
  const texts = useTexts(partTexts)
  return templateId === undefined ? <span className="soft">{texts.unknown}</span> : `#${templateId}`
}
