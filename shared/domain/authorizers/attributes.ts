import { Failure } from '../../errors.ts'

/** Of one binding. */
export const MOST_ATTRIBUTES = 100

export const tooManyAttributes = (): Failure =>
  new Failure('TOO_MANY', { field: 'attributes', params: { max: MOST_ATTRIBUTES } })
