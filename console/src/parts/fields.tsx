import { useId, useLayoutEffect, useRef, type ReactNode } from 'react'
import { Input, type InputRef } from 'tdesign-react/es/input'
import { tell } from '../../../shared/words/tell.ts'
import type { Flaw } from '../api/rules.ts'
import { partTexts } from '../text/parts.ts'
import { useLanguage, useTexts } from '../text/language.ts'
import './fields.css'

interface FieldProps {
  readonly label: string
  /** Under the control: what is wanted, an example. */
  readonly hint?: ReactNode
  readonly error?: string | Flaw | undefined
  readonly optional?: boolean
}

/** What is wrong with a field of this name, in words. */
export const useErrorWords = (error: string | Flaw | undefined, label: string): string | undefined => {
  const { language } = useLanguage()
  return typeof error === 'object'
    ? tell({ word: error.reason, params: error.params, field: error.entry ?? label }, language)?.message
    : error
}

interface ControlIds {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/** A label, its control and what is said about it, tied together for screen readers. */
export const Field = ({
  label,
  hint,
  error,
  optional = false,
  children,
}: FieldProps & { readonly children: (ids: ControlIds) => ReactNode }) => {
  const texts = useTexts(partTexts)
  const id = useId()
  const wrong = useErrorWords(error, label)
  const hasWords = hint !== undefined || wrong !== undefined
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {optional && <span className="fine"> {texts.optional}</span>}
      </label>
      {children({
        id,
        'aria-describedby': hasWords ? `${id}-words` : undefined,
        'aria-invalid': wrong === undefined ? undefined : true,
      })}
      {hasWords && (
        <div id={`${id}-words`} className="fine">
          {wrong !== undefined && <p className="field-error">{wrong}</p>}
          {hint}
        </div>
      )}
    </div>
  )
}

interface TextFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly type?: 'text' | 'password' | 'number' | 'search' | 'url'
  readonly autoFocus?: boolean
  readonly mono?: boolean
}

export const TextField = ({ label, hint, error, optional = false, ...control }: TextFieldProps) => (
  <Field label={label} hint={hint} error={error} optional={optional}>
    {(ids) => <TextControl ids={ids} {...control} />}
  </Field>
)

/** TDesign's input hands no attributes on to the element inside. */
const TextControl = ({
  ids,
  mono = false,
  value,
  onChange,
  placeholder = '',
  type = 'text',
  autoFocus = false,
}: Omit<TextFieldProps, keyof FieldProps> & { readonly ids: ControlIds }) => {
  const control = useRef<InputRef>(null)
  const { id, 'aria-describedby': words, 'aria-invalid': invalid } = ids
  useLayoutEffect(() => {
    const element = control.current?.inputElement
    if (!element) return
    element.id = id
    setOrRemove(element, 'aria-describedby', words)
    setOrRemove(element, 'aria-invalid', invalid === true ? 'true' : undefined)
  }, [id, words, invalid])
  return (
    <Input
      ref={control}
      value={value}
      onChange={onChange}
      placeholder={placeholder}
      type={type}
      autofocus={autoFocus}
      autocomplete="off"
      spellCheck={false}
      {...(mono && { className: 'mono' })}
      {...(invalid === true && { status: 'error' as const })}
    />
  )
}

const setOrRemove = (element: Element, name: string, value: string | undefined): void => {
  if (value === undefined) element.removeAttribute(name)
  else element.setAttribute(name, value)
}

interface TextAreaFieldProps extends FieldProps {
  readonly value: string
  readonly onChange: (value: string) => void
  readonly placeholder?: string
  readonly rows?: number
  readonly mono?: boolean
}

export const TextAreaField = ({
  value,
  onChange,
  placeholder,
  rows = 3,
  mono = false,
  ...field
}: TextAreaFieldProps) => (
  <Field {...field}>
    {(ids) => (
      <textarea
        {...ids}
        className={`control${mono ? ' mono' : ''}`}
        rows={rows}
        value={value}
        placeholder={placeholder}
        spellCheck={false}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Field>
)

export interface Choice<V extends string> {
  readonly value: V
  readonly label: string
}

interface ChoiceFieldProps<V extends string> extends FieldProps {
  readonly value: V
  readonly onChange: (value: V) => void
  readonly choices: readonly Choice<V>[]
}

/** The browser's own select: keyboards, screen readers and phones know it. */
export function ChoiceField<V extends string>({ value, onChange, choices, ...field }: ChoiceFieldProps<V>) {
  return (
    <Field {...field}>
      {(ids) => (
        <select
          {...ids}
          className="control"
          value={value}
          onChange={(event) => {
            const chosen = choices.find((choice) => choice.value === event.target.value)
            if (chosen) onChange(chosen.value)
          }}
        >
          {choices.map((choice) => (
            <option key={choice.value} value={choice.value}>
              {choice.label}
            </option>
          ))}
        </select>
      )}
    </Field>
  )
}

interface CheckProps {
  readonly value: boolean
  readonly onChange: (value: boolean) => void
  readonly disabled?: boolean
  readonly children: ReactNode
}

/** The browser's own checkbox: the focus is on it, and it says what it is and how it stands. */
export const Check = ({ value, onChange, disabled = false, children }: CheckProps) => (
  <label className={disabled ? 'check disabled' : 'check'}>
    <input type="checkbox" checked={value} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
    <span>{children}</span>
  </label>
)

interface CheckFieldProps extends Omit<CheckProps, 'children'> {
  readonly label: ReactNode
  readonly hint?: ReactNode
}

export const CheckField = ({ label, hint, ...check }: CheckFieldProps) => (
  <div className="field">
    <Check {...check}>{label}</Check>
    {hint !== undefined && <div className="fine check-hint">{hint}</div>}
  </div>
)
