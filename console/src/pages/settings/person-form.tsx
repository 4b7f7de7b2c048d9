import { useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { TextField } from '../../parts/fields.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { peopleTexts } from '../../text/people.ts'
import type { Role } from '../../text/roles.ts'
import { FormModal } from './form-modal.tsx'
import type { Person } from './people-columns.tsx'
import { RoleField } from './role-field.tsx'
import { isPersonId } from './wrongs.ts'

interface PersonFormProps {
  /** `undefined`: a new one. */
  readonly person: Person | undefined
  readonly onClose: () => void
}

export const PersonForm = ({ person, onClose }: PersonFormProps) => {
  const texts = useTexts(peopleTexts)
  const put = useAction('admins.put')
  const [id, setId] = useState(person?.id ?? '')
  const [name, setName] = useState(person?.name ?? '')
  const [role, setRole] = useState<Role>(person?.role ?? 'viewer')
  const [isTried, setIsTried] = useState(false)
  const given = name.trim()
  const isWrong = !isPersonId(id.trim())
  const save = async (): Promise<void> => {
    setIsTried(true)
    if (isWrong) return
    const answer = await put.run({ id: id.trim(), role, name: given === '' ? undefined : given })
    if (!answer) return
    toast(texts.saved(given === '' ? id.trim() : given))
    onClose()
  }
  return (
    <FormModal
      title={person ? texts.editTitle : texts.newTitle}
      submit={texts.save}
      ready={id.trim() !== ''}
      action={put}
      onSubmit={save}
      onClose={onClose}
    >
      {person ? (
        <div>
          <p className="fine">{texts.id}</p>
          <p className="mono">{person.id}</p>
        </div>
      ) : (
        <TextField
          label={texts.id}
          hint={texts.idHint}
          error={isTried && isWrong ? texts.notId : undefined}
          value={id}
          onChange={setId}
          mono
        />
      )}
      <TextField label={texts.name} hint={texts.nameHint} value={name} onChange={setName} optional />
      <RoleField label={texts.role} value={role} onChange={setRole} />
      <ErrorNotice problem={put.problem} />
    </FormModal>
  )
}
