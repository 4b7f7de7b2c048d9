import type { Refusal } from './operations.ts'

export type Answer<T> = { readonly ok: true; readonly data: T } | Refusal

/** The platform is trusted to answer what its description says. */
export const isAnswer = <T>(value: unknown): value is Answer<T> =>
  typeof value === 'object' &&
  value !== null &&
  'ok' in value &&
  (value.ok === true ? 'data' in value : 'error' in value)
