import { useState } from 'react'
import type { OperationName } from '../../../client/src/client.ts'
import type { DataOf, InputOf } from './call.ts'
import type * as RulesOfRows from './rules.ts'
import type { Flaw } from './rules.ts'
import { useAction, type ActionState } from './use-action.ts'

/** What a field is given: its value, and what is wrong with it. */
export interface FieldState<T> {
  readonly value: T
  readonly onChange: (value: T) => void
  /** Words, or what is told with the name of the field. */
  readonly error: string | Flaw | undefined
}

export interface FormState {
  readonly action: ActionState
  /** @returns whether it was done; false, too, where a field says what is wrong */
  readonly send: () => Promise<boolean>
}

interface Form<V> extends FormState {
  readonly values: V
  readonly change: (part: Partial<V>) => void
  readonly field: <K extends keyof V & string>(name: K) => FieldState<V[K]>
  /** Begins anew. */
  readonly reset: (values?: V) => void
}

interface Options<N extends OperationName, V> {
  readonly begin: V
  readonly input: (values: V) => InputOf<N>
  /** What cannot be made an input, or breaks a rule that is no schema, by field. */
  readonly wrong?: (values: V) => Readonly<Partial<Record<keyof V & string, string | undefined>>>
  readonly onDone?: (data: DataOf<N>, values: V) => void
}

type Rules = typeof RulesOfRows

/** What is filled in for an operation, held to the rules of its row: what breaks one is told in the field, and nothing is sent. */
export function useForm<N extends OperationName, V extends object>(
  operation: N,
  { begin, input, wrong, onDone }: Options<N, V>,
): Form<V> {
  const { run, ...action } = useAction(operation)
  const [values, setValues] = useState(begin)
  // There from the first try on: before it nothing is wrong yet.
  const [rules, setRules] = useState<Rules>()
  const judge = (known: Rules): ReadonlyMap<string, string | Flaw> => {
    const wrongs = Object.entries<string | undefined>(wrong?.(values) ?? {}).flatMap(([name, words]) =>
      words === undefined ? [] : [[name, words] as const],
    )
    if (wrongs.length > 0) return new Map(wrongs)
    const flaws = known.flawsOf(operation, input(values)).map((flaw) => [placeOf(flaw, values), flaw] as const)
    return new Map(flaws.flatMap(([place, flaw]) => (place === undefined ? [] : [[place, flaw]])))
  }
  const errors = rules && judge(rules)
  const change = (part: Partial<V>): void => {
    setValues((before) => ({ ...before, ...part }))
    action.clear()
  }
  return {
    action,
    values,
    change,
    field: (name) => ({
      value: values[name],
      onChange: (value) => {
        setValues((before) => ({ ...before, [name]: value }))
        action.clear()
      },
      error: errors?.get(name),
    }),
    reset: (anew = begin) => {
      setValues(anew)
      setRules(undefined)
    },
    send: async () => {
      const known = rules ?? (await import('./rules.ts'))
      setRules(known)
      if (judge(known).size > 0) return false
      const data = await run(input(values))
      if (data === undefined) return false
      onDone?.(data, values)
      return true
    },
  }
}

/** The field that a flaw is told in: that of the innermost member that has one. What none is for is left to the platform. */
const placeOf = ({ path }: Flaw, values: object): string | undefined =>
  path.toReversed().find((name) => Object.hasOwn(values, name))
