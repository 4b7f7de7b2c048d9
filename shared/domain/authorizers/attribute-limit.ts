import { Failure } from '../../errors.ts'
import { MOST_MEMBERS } from '../inputs.ts'

/** What is there already and what is added may be too many together. */
export const areTooMany = (attributes: object): boolean => Object.keys(attributes).length > MOST_MEMBERS

export const tooManyAttributes = (): Failure =>
  new Failure('TOO_MANY', { field: 'attributes', params: { max: MOST_MEMBERS } })
