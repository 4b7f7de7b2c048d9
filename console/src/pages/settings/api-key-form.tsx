import { useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { ErrorNotice } from '../../parts/notice.tsx'
import { CheckField, ChoiceField, TextAreaField, TextField } from '../../parts/fields.tsx'
import { keyTexts } from '../../text/access.ts'
import { useLanguage, useTexts } from '../../text/language.ts'
import type { Role } from '../../text/roles.ts'
import { FormModal } from './form-modal.tsx'
import { linesOf } from '../../text/typed.ts'
import { RoleField } from './people.tsx'
import { wrongAppids } from './wrongs.ts'
import { nounWords, operationNames, operationWords } from '../../text/operation-names.ts'

const DAY_MS = 86_400_000

const ends = { days30: 30, days90: 90, year: 365, noEnd: undefined } as const
type End = keyof typeof ends
const endNames = ['days30', 'days90', 'year', 'noEnd'] as const

interface ApiKeyFormProps {
  readonly onClose: () => void
  readonly onKey: (key: string) => void
}

export const ApiKeyForm = ({ onClose, onKey }: ApiKeyFormProps) => {
  const texts = useTexts(keyTexts)
  const create = useAction('apiKeys.create')
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('operator')
  const [end, setEnd] = useState<End>('year')
  const [operations, setOperations] = useState<readonly string[]>()
  const [merchants, setMerchants] = useState<string>()
  const [isConfirmed, setIsConfirmed] = useState(false)
  const [isTried, setIsTried] = useState(false)
  const appids = merchants === undefined ? undefined : linesOf(merchants)
  const wrong = wrongAppids(appids ?? [])
  const save = async (): Promise<void> => {
    setIsTried(true)
    if (wrong.length > 0) return
    const days = ends[end]
    const answer = await create.run({
      name: name.trim(),
      role,
      operations,
      appids,
      confirmBy: isConfirmed ? 'person' : undefined,
      expiresAt: days === undefined ? undefined : new Date(Date.now() + days * DAY_MS).toISOString(),
    })
    if (!answer) return
    onClose()
    onKey(answer.key)
  }
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
      ready={name.trim() !== '' && operations?.length !== 0 && appids?.length !== 0}
      action={create}
      onSubmit={save}
      onClose={onClose}
    >
      <TextField label={texts.name} hint={texts.nameHint} value={name} onChange={setName} />
      <div className="columns">
        <RoleField label={texts.role} value={role} onChange={setRole} />
        <ChoiceField<End>
          label={texts.end}
          value={end}
          onChange={setEnd}
          choices={endNames.map((value) => ({ value, label: words[value] }))}
        />
      </div>
      <CheckField
        label={texts.limitOperations}
        checked={operations !== undefined}
        onChange={(checked) => setOperations(checked ? [] : undefined)}
      />
      {operations && <OperationPicker chosen={operations} onChange={setOperations} />}
      <CheckField
        label={texts.limitMerchants}
        checked={merchants !== undefined}
        onChange={(checked) => setMerchants(checked ? '' : undefined)}
      />
      {merchants !== undefined && (
        <TextAreaField
          label={texts.appids}
          hint={texts.appidsHint}
          error={isTried && wrong.length > 0 ? texts.notAppids(wrong.join(', ')) : undefined}
          placeholder="wx0123456789abcdef"
          value={merchants}
          onChange={setMerchants}
          mono
        />
      )}
      <CheckField
        label={texts.confirmByPerson}
        hint={texts.confirmByPersonHint}
        checked={isConfirmed}
        onChange={setIsConfirmed}
      />
      <ErrorNotice problem={create.problem} />
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
                  checked={chosen.includes(name)}
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
