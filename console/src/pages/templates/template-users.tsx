import { useState } from 'react'
import { Link } from 'wouter'
import type { LiveVersions } from '../../api/use-live-versions.ts'
import { Button } from '../../parts/button.tsx'
import { Modal } from '../../parts/modal.tsx'
import { Notice } from '../../parts/notice.tsx'
import { useTexts } from '../../text/language.ts'
import { templatesTexts } from '../../text/templates.ts'

interface TemplateUsersProps {
  readonly templateId: number
  readonly live: LiveVersions | undefined
}

/** How many merchants are live on a template, and who. */
export const TemplateUsers = ({ templateId, live }: TemplateUsersProps) => {
  const texts = useTexts(templatesTexts)
  const [open, setOpen] = useState(false)
  if (!live) return <span className="fine">{texts.counting}</span>
  const users = live.byTemplate.get(templateId) ?? []
  if (users.length === 0) return <span className="soft numbers">0</span>
  return (
    <>
      <Button className="template-users" variant="text" size="small" onClick={() => setOpen(true)}>
        {texts.usersCount(users.length)}
        {live.isAll ? '' : '+'}
      </Button>
      <Modal open={open} title={texts.usersOf(templateId)} onClose={() => setOpen(false)} place="side">
        {!live.isAll && <Notice>{texts.partial(live.looked)}</Notice>}
        <ul className="user-list">
          {users.map(({ appid, nickName, live: online }) => (
            <li key={appid} className="row apart">
              <Link href={`/merchants/${appid}`}>{nickName || appid}</Link>
              <span className="fine">{online?.version}</span>
            </li>
          ))}
        </ul>
      </Modal>
    </>
  )
}
