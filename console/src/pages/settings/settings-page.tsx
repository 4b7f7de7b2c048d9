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
import { useRole } from '../../api/role.ts'
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
  if (name === 'wechat') return <WechatValues />
  if (name === 'sessions') return <Sessions />
  if (name === 'plans') return <Confirmations />
  if (name === 'activity') return <Activity />
  return <OwnersOnly>{ownersParts[name]}</OwnersOnly>
}

const ownersParts = {
  domains: <PlatformDomains />,
  subscriptions: <Subscriptions />,
  keys: <ApiKeys />,
  people: <People />,
} as const

/** What nobody else may read is not asked for in vain. A key that may not ask for its role sees what it is refused. */
const OwnersOnly = ({ children }: { readonly children: ReactNode }) => {
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
