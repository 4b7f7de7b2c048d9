import type { DataOf } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import type { Column } from '../../parts/data-table.tsx'
import { Mark } from '../../parts/mark.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { peopleTexts } from '../../text/people.ts'
import { roleTexts } from '../../text/roles.ts'

export type Person = DataOf<'admins.list'>['items'][number]

const tones = { owner: 'good', operator: 'calm', viewer: 'dull' } as const

export const usePeopleColumns = (onEdit: (person: Person) => void): readonly Column<Person>[] => {
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
