import { useTexts } from '../text/language.ts'
import { partTexts } from '../text/parts.ts'
import { Mark } from './mark.tsx'

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
