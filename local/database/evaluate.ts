import { $ifNull } from 'mingo/operators/expression'
import type { AnyObject, Options } from 'mingo/types'

/** The value of an expression for a document; null for what is missing. mingo shows its own evaluation only through its operators. */
export const evaluate = (document: AnyObject, expression: unknown, options: Options): unknown =>
  $ifNull(document, [expression, null], options)
