import { createProblemStore } from '../../shared/cloudbase/problem-store.ts'
import type { Language } from '../../shared/words/language.ts'
import { tell } from '../../shared/words/tell.ts'
import type { Check } from './patient.ts'

/** What another check says better. */
const saidElsewhere = new Set(['TICKET_OVERDUE', 'ADDRESS_NOT_ALLOWED'])

/** What the platform itself has noted. */
export const checkProblems: Check = async ({ database }) => {
  const problems = await createProblemStore(database).newest(50)
  return problems
    .filter(({ code }) => !saidElsewhere.has(code))
    .map(({ code, appid = '', params, message = code, hint }) => {
      const told = (language: Language) => tell({ word: code, params }, language) ?? { message, hint }
      const [zh, en] = [told('zh'), told('en')]
      return {
        id: `problem.${code}`,
        level: 'warning' as const,
        what: { zh: `${zh.message} ${appid}`.trim(), en: `${en.message} ${appid}`.trim() },
        ...(zh.hint !== undefined && en.hint !== undefined && { click: { zh: zh.hint, en: en.hint } }),
      }
    })
}
