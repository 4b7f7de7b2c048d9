import { useLanguage } from '../../text/language.ts'
import { explainProblem } from '../../text/problem-explanations.ts'

interface ProblemWordsProps {
  readonly problem: { readonly code: string; readonly message: string; readonly hint?: string | undefined }
}

/** What is wrong and what to do, for a cell of a table. */
export const ProblemWords = ({ problem }: ProblemWordsProps) => {
  const { language } = useLanguage()
  const { title, seen, cure } = explainProblem(problem, language)
  return (
    <span className="problem-words-small">
      {title !== undefined && <strong>{title}</strong>}
      <span className={title === undefined ? undefined : 'fine'}>{seen}</span>
      {cure !== undefined && <span className="fine">{cure}</span>}
    </span>
  )
}
