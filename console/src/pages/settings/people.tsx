import { useState } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import UsergroupIcon from 'tdesign-icons-react/esm/components/usergroup.js'
import type { DataOf } from '../../api/call.ts'
import { useForm } from '../../api/use-form.ts'
import { useList } from '../../api/use-list.ts'
import { Button } from '../../parts/button.tsx'
import { OperationButton } from '../../parts/confirm-button.tsx'
import { ListPanel, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ChoiceField, TextField } from '../../parts/fields.tsx'
import { FormModal } from '../../parts/form.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Panel } from '../../parts/panel.tsx'
import { toast } from '../../parts/toast.tsx'
import { peopleTexts } from '../../text/access.ts'
import { useTexts } from '../../text/language.ts'
import { roles, roleTexts, type Role } from '../../text/roles.ts'

type Person = DataOf<'admins.list'>['items'][number]

const tones = { owner: 'good', operator: 'calm', viewer: 'dull' } as const

export const People = () => {
  const texts = useTexts(peopleTexts)
  const roleWords = useTexts(roleTexts)
  const list = useList('admins.list', {})
  const [edited, setEdited] = useState<Person | 'new'>()
  const columns: readonly Column<Person>[] = [
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
      cell: (person) =>
        person.fixed === true ? (
          <span className="fine" title={texts.fixedHint}>
            {texts.fixed}
          </span>
        ) : (
          <span className="row">
            <Button size="small" variant="text" onClick={() => setEdited(person)}>
              {texts.edit}
            </Button>
            <RemovePerson person={person} />
          </span>
        ),
    },
  ]
  return (
    <>
      <div className="row apart">
        <p className="soft settings-about">{texts.about}</p>
        <Button icon={<AddIcon aria-hidden />} onClick={() => setEdited('new')}>
          {texts.add}
        </Button>
      </div>
      <ListPanel
        title={texts.title}
        bare
        list={list}
        columns={columns}
        keyOf={({ id }) => id}
        empty={
          <EmptyState title={texts.none} icon={<UsergroupIcon />}>
            {texts.noneHint}
          </EmptyState>
        }
      />
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

const RemovePerson = ({ person: { id, name = id } }: { readonly person: Person }) => {
  const texts = useTexts(peopleTexts)
  return (
    <OperationButton
      operation="admins.delete"
      input={{ id }}
      size="small"
      variant="text"
      danger
      title={texts.removeTitle(name)}
      consequence={texts.removeConsequence}
      done={texts.removed(name)}
    >
      {texts.remove}
    </OperationButton>
  )
}

interface PersonFormProps {
  /** `undefined`: a new one. */
  readonly person: Person | undefined
  readonly onClose: () => void
}

const PersonForm = ({ person, onClose }: PersonFormProps) => {
  const texts = useTexts(peopleTexts)
  const { id: known = '', name: former = '', role: before = 'viewer' } = person ?? {}
  const begin: { readonly id: string; readonly name: string; readonly role: Role } = {
    id: known,
    name: former,
    role: before,
  }
  const form = useForm('admins.put', {
    begin,
    input: ({ id, role, name }) => ({ id: id.trim(), role, name: name.trim() || undefined }),
    onDone: ({ id, name = id }) => {
      toast(texts.saved(name))
      onClose()
    },
  })
  const { field } = form
  return (
    <FormModal title={person ? texts.editTitle : texts.newTitle} submit={texts.save} form={form} onClose={onClose}>
      {person ? (
        <div>
          <p className="fine">{texts.id}</p>
          <p className="mono">{person.id}</p>
        </div>
      ) : (
        <TextField label={texts.id} hint={texts.idHint} {...field('id')} mono />
      )}
      <TextField label={texts.name} hint={texts.nameHint} {...field('name')} optional />
      <RoleField label={texts.role} {...field('role')} />
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
    <ChoiceField
      label={label}
      hint={texts[`${value}May`]}
      value={value}
      onChange={onChange}
      choices={roles.map((role) => ({ value: role, label: texts[role] }))}
    />
  )
}
