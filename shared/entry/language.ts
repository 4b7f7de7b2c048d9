import type { Language } from '../words/language.ts'

/** Of HTTP callers: by quality between Chinese and English, the first where they are equal; else Chinese. */
export function languageOf(acceptLanguage: string | undefined): Language {
  const wanted = (acceptLanguage ?? '').split(',').map(readRange)
  const qualityOf = (language: Language): number => {
    const named = wanted.filter(({ name }) => name === language)
    const counting = named.length > 0 ? named : wanted.filter(({ name }) => name === '*')
    return Math.max(0, ...counting.map(({ quality }) => quality))
  }
  const [chinese, english] = [qualityOf('zh'), qualityOf('en')]
  if (english !== chinese) return english > chinese ? 'en' : 'zh'
  const first = wanted.find(({ name, quality }) => quality > 0 && (name === 'zh' || name === 'en'))
  return first?.name === 'en' ? 'en' : 'zh'
}

/** `en-GB;q=0.8` → `en`, 0.8. A quality that is none counts as 0. */
function readRange(range: string): { name: string; quality: number } {
  const [tag = '', ...parameters] = range.split(';').map((part) => part.trim().toLowerCase())
  const weight = parameters.find((parameter) => /^q\s*=/.test(parameter))?.replace(/^q\s*=\s*/, '')
  const quality = weight === undefined ? 1 : /^(?:0(?:\.\d*)?|1(?:\.0*)?)$/.test(weight) ? Number(weight) : 0
  return { name: tag.split('-')[0] ?? '', quality }
}
