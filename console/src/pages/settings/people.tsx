import { useState } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import UsergroupIcon from 'tdesign-icons-react/esm/components/usergroup.js'
import { useList } from '../../api/use-list.ts'
import { Button } from '../../parts/button.tsx'
import { type Column, PagedTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useTexts } from '../../text/language.ts'
import { peopleTexts } from '../../text/access.ts'
import { type Role, roles, roleTexts } from '../../text/roles.ts'
import type { DataOf } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { Mark } from '../../parts/mark.tsx'
import { toast } from '../../parts/toast.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { ChoiceField, TextField } from '../../parts/fields.tsx'
import { FormModal } from './form-modal.tsx'
import { isPersonId } from './wrongs.ts'

export const People = () => {
  const texts = useTexts(peopleTexts)
  const roleWords = useTexts(roleTexts)
  const list = useList('admins.list', {})
  const [edited, setEdited] = useState<Person | 'new'>()
  const columns = usePeopleColumns(setEdited)
  return (
    <>
      <div className="row apart">
        <p className="soft settings-about">{texts.about}</p>
        <Button icon={<AddIcon aria-hidden />} onClick={() => setEdited('new')}>
          {texts.add}
        </Button>
      </div>
      <Panel flush>
        <PagedTable
          label={texts.title}
          list={list}
          columns={columns}
          keyOf={({ id }) => id}
          empty={
            <EmptyState title={texts.none} icon={<UsergroupIcon />}>
              {texts.noneHint}
            </EmptyState>
          }
        />
      </Panel>
      <Panel title={texts.rolesTitle}>
        <dl className="columns">
          {roles.map((role) => (
            <div key={role}>
              <dt>
                <strong>{roleWords[role]}</strong>
              </dt>
              <dd className="soft">{roleWords[`${role}May`]}</dd>
            </div>
          ))}
        </dl>
      </Panel>
      {edited !== undefined && (
        <PersonForm person={edited === 'new' ? undefined : edited} onClose={() => setEdited(undefined)} />
      )}
    </>
  )
}

type Person = DataOf<'admins.list'>['items'][number]

const tones = { owner: 'good', operator: 'calm', viewer: 'dull' } as const

const usePeopleColumns = (onEdit: (person: Person) => void): readonly Column<Person>[] => {
  const texts = useTexts(peopleTexts)
  const roleWords = useTexts(roleTexts)
  return [
    {
      key: 'name',
      title: texts.name,
      isName: true,
      cell: ({ name }) =>
        name === undefined ? (
          <span className="soft">{texts.unnamed}</span>
        ) : (
          <span className="setting-name">{name}</span>
        ),
    },
    { key: 'id', title: texts.id, cell: ({ id }) => <span className="mono">{id}</span> },
    { key: 'role', title: texts.role, cell: ({ role }) => <Mark tone={tones[role]}>{roleWords[role]}</Mark> },
    {
      key: 'actions',
      title: texts.actions,
      bare: true,
      align: 'end',
      cell: (person) =>
        person.fixed === true ? (
          <span className="fine" title={texts.fixedHint}>
            {texts.fixed}
          </span>
        ) : (
          <span className="row">
            <Button size="small" variant="text" onClick={() => onEdit(person)}>
              {texts.edit}
            </Button>
            <RemovePerson person={person} />
          </span>
        ),
    },
  ]
}

const RemovePerson = ({ person: { id, name = id } }: { readonly person: Person }) => {
  const texts = useTexts(peopleTexts)
  const remove = useAction('admins.delete')
  return (
    <ConfirmButton
      size="small"
      variant="text"
      danger
      title={texts.removeTitle(name)}
      consequence={texts.removeConsequence}
      action={remove}
      onConfirm={async () => {
        const answer = await remove.run({ id })
        if (answer) toast(texts.removed(name))
        return answer !== undefined
      }}
    >
      {texts.remove}
    </ConfirmButton>
  )
}

interface PersonFormProps {
  /** `undefined`: a new one. */
  readonly person: Person | undefined
  readonly onClose: () => void
}

const PersonForm = ({ person, onClose }: PersonFormProps) => {
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

interface RoleFieldProps {
  readonly label: string
  readonly value: Role
  readonly onChange: (role: Role) => void
}

/** A role, with what it may do. */
export const RoleField = ({ label, value, onChange }: RoleFieldProps) => {
  const texts = useTexts(roleTexts)
  return (
    <ChoiceField<Role>
      label={label}
      hint={texts[`${value}May`]}
      value={value}
      onChange={onChange}
      choices={roles.map((role) => ({ value: role, label: texts[role] }))}
    />
  )
}
