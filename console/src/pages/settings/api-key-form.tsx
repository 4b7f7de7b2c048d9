import { useForm } from '../../api/use-form.ts'
import { CheckField, ChoiceField, TextAreaField, TextField } from '../../parts/fields.tsx'
import { FormModal } from '../../parts/form.tsx'
import { keyTexts } from '../../text/access.ts'
import { useLanguage, useTexts } from '../../text/language.ts'
import { nounWords, operationNames, operationWords } from '../../text/operation-names.ts'
import type { Role } from '../../text/roles.ts'
import { linesOf } from '../../text/typed.ts'
import { RoleField } from './people.tsx'

const DAY_MS = 86_400_000

const ends = { days30: 30, days90: 90, year: 365, noEnd: undefined } as const
type End = keyof typeof ends
const endNames = ['days30', 'days90', 'year', 'noEnd'] as const

interface Draft {
  readonly name: string
  readonly role: Role
  readonly end: End
  /** `undefined`: all. */
  readonly operations: readonly string[] | undefined
  /** The same; one a line. */
  readonly appids: string | undefined
  readonly byPerson: boolean
}

const begin: Draft = {
  name: '',
  role: 'operator',
  end: 'year',
  operations: undefined,
  appids: undefined,
  byPerson: false,
}

const expiryOf = (days: number | undefined): string | undefined =>
  days === undefined ? undefined : new Date(Date.now() + days * DAY_MS).toISOString()

interface ApiKeyFormProps {
  readonly onClose: () => void
  readonly onKey: (key: string) => void
}

export const ApiKeyForm = ({ onClose, onKey }: ApiKeyFormProps) => {
  const texts = useTexts(keyTexts)
  const form = useForm('apiKeys.create', {
    begin,
    input: ({ name, role, end, operations, appids, byPerson }) => ({
      name: name.trim(),
      role,
      operations,
      appids: appids === undefined ? undefined : linesOf(appids),
      confirmBy: byPerson ? 'person' : undefined,
      expiresAt: expiryOf(ends[end]),
    }),
    onDone: ({ key }) => {
      onClose()
      onKey(key)
    },
  })
  const { values, change, field } = form
  const words: Readonly<Record<End, string>> = {
    days30: texts.days(30),
    days90: texts.days(90),
    year: texts.year,
    noEnd: texts.noEnd,
  }
  return (
    <FormModal
      title={texts.newTitle}
      submit={texts.create}
      ready={values.operations?.length !== 0}
      form={form}
      onClose={onClose}
    >
      <TextField label={texts.name} hint={texts.nameHint} {...field('name')} />
      <div className="columns">
        <RoleField label={texts.role} {...field('role')} />
        <ChoiceField
          label={texts.end}
          {...field('end')}
          choices={endNames.map((value) => ({ value, label: words[value] }))}
        />
      </div>
      <CheckField
        label={texts.limitOperations}
        value={values.operations !== undefined}
        onChange={(limited) => change({ operations: limited ? [] : undefined })}
      />
      {values.operations && (
        <OperationPicker chosen={values.operations} onChange={(operations) => change({ operations })} />
      )}
      <CheckField
        label={texts.limitMerchants}
        value={values.appids !== undefined}
        onChange={(limited) => change({ appids: limited ? '' : undefined })}
      />
      {values.appids !== undefined && (
        <TextAreaField
          label={texts.appids}
          hint={texts.appidsHint}
          placeholder="wx0123456789abcdef"
          {...field('appids')}
          value={values.appids}
          mono
        />
      )}
      <CheckField label={texts.confirmByPerson} hint={texts.confirmByPersonHint} {...field('byPerson')} />
    </FormModal>
  )
}

interface OperationPickerProps {
  readonly chosen: readonly string[]
  readonly onChange: (chosen: readonly string[]) => void
}

const nounOf = (name: string): string => name.split('.')[0] ?? name
const nouns = [...new Set(operationNames.map(nounOf))]

/** Some of everything that can be asked for, by what it is about. */
const OperationPicker = ({ chosen, onChange }: OperationPickerProps) => {
  const texts = useTexts(keyTexts)
  const { language } = useLanguage()
  const toggle = (name: string, isChosen: boolean): void =>
    onChange(operationNames.filter((one) => (one === name ? isChosen : chosen.includes(one))))
  return (
    <div className="operation-picker">
      <p className="fine" role="status">
        {texts.chosen(chosen.length)} · {texts.operationsHint}
      </p>
      {nouns.map((noun) => {
        const members = operationNames.filter((name) => nounOf(name) === noun)
        const count = members.filter((name) => chosen.includes(name)).length
        return (
          <details key={noun}>
            <summary>
              {nounWords(noun, language)}
              <span className="fine numbers">
                {' '}
                {count} / {members.length}
              </span>
            </summary>
            <div className="picker-members">
              {members.map((name) => (
                <CheckField
                  key={name}
                  label={
                    <>
                      {operationWords(name, language)} <span className="fine mono">{name}</span>
                    </>
                  }
                  value={chosen.includes(name)}
                  onChange={(isChosen) => toggle(name, isChosen)}
                />
              ))}
            </div>
          </details>
        )
      })}
    </div>
  )
}
