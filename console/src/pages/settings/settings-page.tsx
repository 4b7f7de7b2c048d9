import { type ReactNode, useEffect } from 'react'
import LockOnIcon from 'tdesign-icons-react/esm/components/lock-on.js'
import { PageHeader } from '../../parts/page-header.tsx'
import { SectionNav } from '../../parts/section-nav.tsx'
import { useTexts } from '../../text/language.ts'
import { settingsTexts } from '../../text/settings.ts'
import { Activity } from './activity.tsx'
import { ApiKeys } from './api-keys.tsx'
import { Confirmations } from './confirmations.tsx'
import { Health } from './health.tsx'
import { People } from './people.tsx'
import { PlatformDomains } from './platform-domains.tsx'
import { Sessions } from './sessions.tsx'
import { Subscriptions } from './subscriptions.tsx'
import { WechatValues } from './wechat-values.tsx'
import type { OperationName } from '../../../../client/src/client.ts'
import { useAllowed, useRole } from '../../api/role.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { roleTexts } from '../../text/roles.ts'
import './settings.css'

const sections = ['wechat', 'domains', 'subscriptions', 'keys', 'people', 'sessions', 'plans', 'activity'] as const

export const SettingsPage = ({ section }: { readonly section?: string | undefined }) => {
  const texts = useTexts(settingsTexts)
  const known = sections.find((name) => name === section)
  const part = texts[known ?? 'health']
  // The browser's tab names the part, too.
  useEffect(() => {
    document.title = `${part} · ${texts.title} · Minifleet`
  }, [part, texts.title])
  return (
    <div className="stack">
      <PageHeader title={texts.title} />
      <SectionNav
        label={texts.sections}
        links={[
          { href: '/settings', label: texts.health },
          ...sections.map((name) => ({ href: `/settings/${name}`, label: texts[name] })),
        ]}
      />
      <Section name={known} />
    </div>
  )
}

const Section = ({ name }: { readonly name: (typeof sections)[number] | undefined }) => {
  if (name === undefined) return <Health />
  const { content, reads } = parts[name]
  return reads === undefined ? content : <ForRole reads={reads}>{content}</ForRole>
}

interface Part {
  readonly content: ReactNode
  /** Where not everybody may read it. */
  readonly reads?: OperationName
}

const parts: Readonly<Record<(typeof sections)[number], Part>> = {
  wechat: { content: <WechatValues /> },
  domains: { content: <PlatformDomains />, reads: 'platform.setServerDomains' },
  subscriptions: { content: <Subscriptions />, reads: 'subscriptions.list' },
  keys: { content: <ApiKeys />, reads: 'apiKeys.list' },
  people: { content: <People />, reads: 'admins.list' },
  sessions: { content: <Sessions /> },
  plans: { content: <Confirmations />, reads: 'confirmations.list' },
  activity: { content: <Activity /> },
}

/** What the visitor may not read is not asked for in vain. A key that may not ask for its role sees what it is refused. */
const ForRole = ({ reads, children }: { readonly reads: OperationName; readonly children: ReactNode }) => {
  const texts = useTexts(roleTexts)
  const allowed = useAllowed(reads, 'reading')
  const { data } = useRole()
  const needed = OPERATION_ROLES.reading[reads]
  if (allowed === undefined) return <Waiting lines={5} />
  if (allowed || !needed || !data) return children
  return (
    <Panel>
      <EmptyState title={texts.needs(texts[needed])} icon={<LockOnIcon />}>
        {texts.needsHint(texts[data.role])}
      </EmptyState>
    </Panel>
  )
}
