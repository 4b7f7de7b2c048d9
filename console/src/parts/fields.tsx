import { type ReactNode, useId, useLayoutEffect, useRef } from 'react'
import { Input, type InputRef } from 'tdesign-react/es/input'
import { partTexts } from '../text/parts.ts'
import { useTexts } from '../text/language.ts'
import './fields.css'
import './check.css'

interface FieldProps {
  readonly label: string
  /** Under the control: what is wanted, an example. */
  readonly hint?: ReactNode
  readonly error?: string | undefined
  readonly optional?: boolean
}

interface ControlIds {
  readonly id: string
  readonly 'aria-describedby': string | undefined
  readonly 'aria-invalid': true | undefined
}

/** A label, its control and what is said about it, tied together for screen readers. */
const Field = ({
  label,
  hint,
  error,
  optional = false,
  children,
}: FieldProps & { readonly children: (ids: ControlIds) => ReactNode }) => {
  const texts = useTexts(partTexts)
  const id = useId()
  const hasWords = hint !== undefined || error !== undefined
  return (
    <div className="field">
      <label htmlFor={id}>
        {label}
        {optional && <span className="fine"> {texts.optional}</span>}
      </label>
      {children({
        id,
        'aria-describedby': hasWords ? `${id}-words` : undefined,
        'aria-invalid': error === undefined ? undefined : true,
      })}
      {hasWords && (
        <div id={`${id}-words`} className="fine">
          {error !== undefined && <p className="field-error">{error}</p>}
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
  readonly name?: string
}

export const TextField = ({ label, hint, error, optional = false, mono = false, ...input }: TextFieldProps) => (
  <Field label={label} hint={hint} error={error} optional={optional}>
    {(ids) => <TextControl ids={ids} mono={mono} {...input} />}
  </Field>
)

/** TDesign's input hands no attributes on to the element inside. */
const TextControl = ({
  ids,
  mono,
  value,
  onChange,
  placeholder = '',
  type = 'text',
  autoFocus = false,
  name,
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
      {...(name === undefined ? {} : { name })}
      {...(mono === true ? { className: 'mono' } : {})}
      {...(invalid === true ? { status: 'error' as const } : {})}
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
  label,
  hint,
  error,
  optional = false,
  value,
  onChange,
  placeholder,
  rows = 3,
  mono = false,
}: TextAreaFieldProps) => (
  <Field label={label} hint={hint} error={error} optional={optional}>
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

interface Choice<V extends string> {
  readonly value: V
  readonly label: string
}

interface ChoiceFieldProps<V extends string> extends FieldProps {
  readonly value: V
  readonly onChange: (value: V) => void
  readonly choices: readonly Choice<V>[]
}

/** The browser's own select: keyboards, screen readers and phones know it. */
export function ChoiceField<V extends string>({
  label,
  hint,
  error,
  optional = false,
  value,
  onChange,
  choices,
}: ChoiceFieldProps<V>) {
  return (
    <Field label={label} hint={hint} error={error} optional={optional}>
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

interface CheckFieldProps {
  readonly label: ReactNode
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly hint?: ReactNode
  readonly disabled?: boolean
}

export const CheckField = ({ label, checked, onChange, hint, disabled = false }: CheckFieldProps) => (
  <div className="field">
    <Check checked={checked} disabled={disabled} onChange={onChange}>
      {label}
    </Check>
    {hint !== undefined && <div className="fine check-hint">{hint}</div>}
  </div>
)

interface CheckProps {
  readonly checked: boolean
  readonly onChange: (checked: boolean) => void
  readonly disabled?: boolean
  readonly children: ReactNode
}

/** The browser's own checkbox: the focus is on it, and it says what it is and how it stands. */
export const Check = ({ checked, onChange, disabled = false, children }: CheckProps) => (
  <label className={disabled ? 'check disabled' : 'check'}>
    <input type="checkbox" checked={checked} disabled={disabled} onChange={(event) => onChange(event.target.checked)} />
    <span>{children}</span>
  </label>
)
