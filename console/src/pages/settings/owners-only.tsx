import type { ReactNode } from 'react'
import LockOnIcon from 'tdesign-icons-react/esm/components/lock-on.js'
import { useRole } from '../../api/role.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { roleTexts } from '../../text/roles.ts'

/** What nobody else may read is not asked for in vain. A key that may not ask for its role sees what it is refused. */
export const OwnersOnly = ({ children }: { readonly children: ReactNode }) => {
  const texts = useTexts(roleTexts)
  const { data, problem } = useRole()
  if (!data && !problem) return <Waiting lines={5} />
  if (!data || data.role === 'owner') return children
  return (
    <Panel>
      <EmptyState title={texts.needsOwner} icon={<LockOnIcon />}>
        {texts.needsOwnerHint(texts[data.role])}
      </EmptyState>
    </Panel>
  )
}
