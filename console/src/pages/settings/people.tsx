import { useState } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import UsergroupIcon from 'tdesign-icons-react/esm/components/usergroup.js'
import { useList } from '../../api/use-list.ts'
import { Button } from '../../parts/button.tsx'
import { PagedTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useTexts } from '../../text/language.ts'
import { peopleTexts } from '../../text/people.ts'
import { roles, roleTexts } from '../../text/roles.ts'
import { usePeopleColumns, type Person } from './people-columns.tsx'
import { PersonForm } from './person-form.tsx'

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
