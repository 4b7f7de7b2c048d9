import { useSearchParams } from 'wouter'
import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Input, type InputRef } from 'tdesign-react/es/input'
import SearchIcon from 'tdesign-icons-react/esm/components/search.js'
import './filter-bar.css'
import './search-box.css'

/** A value in the address behind the `?`, so that a filter can be linked to and survives a reload. Empty: not there. */
export const useSearchValue = (name: string): readonly [value: string, set: (value: string) => void] => {
  const [params, setParams] = useSearchParams()
  const set = (value: string): void =>
    setParams(
      () => {
        // Of this moment: two values may be set one after the other.
        const after = new URLSearchParams(location.search)
        if (value === '') after.delete(name)
        else after.set(name, value)
        return after
      },
      { replace: true },
    )
  return [params.get(name) ?? '', set]
}

interface FilterChoice<V extends string> {
  readonly value: V
  readonly label: string
}

interface FilterBarProps<V extends string> {
  readonly label: string
  readonly value: V
  readonly choices: readonly FilterChoice<V>[]
  readonly onChange: (value: V) => void
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

interface SearchBoxProps {
  readonly label: string
  readonly placeholder: string
  readonly value: string
  /** Called a moment after the last key. */
  readonly onSearch: (value: string) => void
}

const QUIET_MS = 300

export const SearchBox = ({ label, placeholder, value, onSearch }: SearchBoxProps) => {
  const [typed, setTyped] = useState(value)
  const control = useRef<InputRef>(null)
  const id = useId()
  const newest = useRef(onSearch)
  newest.current = onSearch
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
