import { useLanguage } from '../../text/language.ts'
import { tellProblem, type Problem } from '../../text/problems.ts'

interface ProblemWordsProps {
  readonly problem: Problem
}

/** What is wrong and what to do, for a cell of a table. */
export const ProblemWords = ({ problem }: ProblemWordsProps) => {
  const { language } = useLanguage()
  const { title, details } = tellProblem(problem, language)
  return (
    <span className="problem-words-small">
      <strong>{title}</strong>
      {details !== '' && <span className="fine">{details}</span>}
    </span>
  )
}
