import { tell } from '../../../shared/words/tell.ts'
import type { Refusal } from '../api/refused.ts'
import { language } from './language.ts'

type Tellable = Omit<Partial<Refusal>, 'code'> & { readonly code: string; readonly message: string }

/** A refusal, a problem or a warning for whoever holds the phone. A word that is not known here yet is told as it came. */
export const told = ({ code, reason, params, field, message, hint }: Tellable) =>
  tell({ word: reason ?? code, params, field }, language(), 'console') ?? { message, hint }
