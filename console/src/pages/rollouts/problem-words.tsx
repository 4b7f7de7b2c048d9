import { useLanguage } from '../../text/language.ts'
import { tellInConsole, type Tellable } from '../../text/told.ts'

interface ProblemWordsProps {
  readonly problem: Tellable
}

/** What is wrong and what to do, for a cell of a table. */
export const ProblemWords = ({ problem }: ProblemWordsProps) => {
  const { language } = useLanguage()
  const { message, hint } = tellInConsole(problem, language)
  return (
    <span className="problem-words-small">
      <strong>{message}</strong>
      {hint !== undefined && <span className="fine">{hint}</span>}
    </span>
  )
}
