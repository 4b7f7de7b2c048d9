import { useEffect, useId, useLayoutEffect, useRef, useState } from 'react'
import { Input, type InputRef } from 'tdesign-react/es/input'
import SearchIcon from 'tdesign-icons-react/esm/components/search.js'
import './search-box.css'

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
