const countOf = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0

/** A sentence may hold a name of the other language. */
const isChinese = (sentence: string): boolean =>
  countOf(sentence, /[\u3400-\u9fff]/g) > countOf(sentence, /[A-Za-z][A-Za-z0-9._]*/g)

/** Messages come in both languages, one behind the other; these are the sentences of one, or all where there is only the other. */
export const inLanguage = (language: 'zh' | 'en', text: string): string => {
  const sentences = text.split(/(?<=[。！？])\s*|(?<=[.!?])\s+/)
  const wanted = sentences.filter((sentence) => isChinese(sentence) === (language === 'zh'))
  return wanted.length === 0 ? text : wanted.join(' ').trim()
}
