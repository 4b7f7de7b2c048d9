import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import SearchIcon from 'tdesign-icons-react/esm/components/search.js'
import { Input, type InputRef } from 'tdesign-react/es/input'
import { useSearchParams } from 'wouter'
import type { Choice } from './fields.tsx'
import './filters.css'

export interface Filter<V extends string> {
  readonly value: V
  readonly onChange: (value: V) => void
}

/** Values in the address behind the `?`, so that what is looked for can be linked to and survives a reload. Empty: not there. */
export const useFilters = () => {
  const [params, setParams] = useSearchParams()
  const write = (values: Readonly<Record<string, string>>): void =>
    setParams(
      () => {
        // Of this moment: two may be written one after the other.
        const after = new URLSearchParams(location.search)
        for (const [name, value] of Object.entries(values))
          if (value === '') after.delete(name)
          else after.set(name, value)
        return after
      },
      { replace: true },
    )
  return {
    write,
    text: (name: string): Filter<string> => ({
      value: params.get(name) ?? '',
      onChange: (value) => write({ [name]: value }),
    }),
    /** One of a few values; another one counts as the first. */
    choice: <V extends string>(name: string, values: readonly [V, ...V[]]): Filter<V> => ({
      value: values.find((one) => one === params.get(name)) ?? values[0],
      onChange: (value) => write({ [name]: value }),
    }),
  }
}

export const useSearchValue = (name: string): readonly [value: string, set: (value: string) => void] => {
  const { value, onChange } = useFilters().text(name)
  return [value, onChange]
}

interface FilterBarProps<V extends string> extends Filter<V> {
  readonly label: string
  readonly choices: readonly Choice<V>[]
}

/** A few choices of which one holds. */
export function FilterBar<V extends string>({ label, value, choices, onChange }: FilterBarProps<V>) {
  return (
    <fieldset className="filter-bar">
      <legend className="unseen">{label}</legend>
      {choices.map((choice) => (
        <label key={choice.value}>
          <input
            type="radio"
            className="unseen"
            name={label}
            checked={choice.value === value}
            onChange={() => onChange(choice.value)}
          />
          <span>{choice.label}</span>
        </label>
      ))}
    </fieldset>
  )
}

/** It is told a moment after the last key. */
interface SearchBoxProps extends Filter<string> {
  readonly label: string
  readonly placeholder: string
}

const QUIET_MS = 300

export const SearchBox = ({ label, placeholder, value, onChange }: SearchBoxProps) => {
  const [typed, setTyped] = useState(value)
  const control = useRef<InputRef>(null)
  const id = useId()
  const newest = useRef(onChange)
  newest.current = onChange
  useEffect(() => setTyped(value), [value])
  useEffect(() => {
    if (typed === value) return undefined
    const timer = setTimeout(() => newest.current(typed.trim()), QUIET_MS)
    return () => clearTimeout(timer)
  }, [typed, value])
  useLayoutEffect(() => {
    const element = control.current?.inputElement
    if (!element) return
    element.id = id
    element.type = 'search'
  }, [id])
  return (
    <div className="search-box" role="search">
      <label htmlFor={id} className="unseen">
        {label}
      </label>
      <Input
        ref={control}
        value={typed}
        onChange={setTyped}
        placeholder={placeholder}
        prefixIcon={<SearchIcon aria-hidden />}
        autocomplete="off"
        clearable
      />
    </div>
  )
}
