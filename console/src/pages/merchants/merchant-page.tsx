import type { Authorizer } from '../../../../client/src/client.ts'
import { useOperation } from '../../api/use-operation.ts'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { LinkButton } from '../../parts/button.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { SectionNav } from '../../parts/section-nav.tsx'
import { StateTag } from '../../parts/mark.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useLanguage, useTexts } from '../../text/language.ts'
import { merchantTexts } from '../../text/merchant.ts'
import { DEVELOPMENT_SET, permissionSetName } from '../../wechat/permission-sets.ts'
import { MerchantAccess } from './merchant-access.tsx'
import { MerchantDomains } from './merchant-domains.tsx'
import { MerchantEvents, MerchantTimeline } from './merchant-history.tsx'
import { MerchantPrivacy } from './merchant-privacy.tsx'
import { MerchantReleases } from './release-table.tsx'
import { MerchantSummary } from './merchant-summary.tsx'
import { MerchantTesters } from './merchant-testers.tsx'

interface MerchantPageProps {
  readonly appid: string
  readonly section?: string | undefined
}

const sections = ['timeline', 'releases', 'domains', 'privacy', 'testers', 'access', 'events'] as const
/** What an official account has, too. */
const forAnyAccount: readonly string[] = ['timeline', 'access', 'events']

export const MerchantPage = ({ appid, section }: MerchantPageProps) => {
  const texts = useTexts(merchantTexts)
  const { data, problem, reload } = useOperation('authorizers.get', { appid })
  const isMiniprogram = data === undefined || data.accountType === 'miniprogram'
  const canShip = isMiniprogram && data?.status === 'active' && !data.missing.includes(DEVELOPMENT_SET)
  return (
    <div className="stack">
      <PageHeader
        title={data ? data.nickName || appid : appid}
        back={{ href: '/merchants', label: texts.back }}
        beside={data && <StateTag state={data.status} />}
        actions={
          canShip && (
            <LinkButton href={`/releases/${appid}`} primary>
              {texts.ship}
            </LinkButton>
          )
        }
      />
      <ErrorNotice problem={problem} onRetry={reload} />
      {data && <Standing authorizer={data} />}
      <SectionNav
        label={texts.sections}
        links={[
          { href: `/merchants/${appid}`, label: texts.summary },
          ...sections
            .filter((name) => isMiniprogram || forAnyAccount.includes(name))
            .map((name) => ({ href: `/merchants/${appid}/${name}`, label: texts[name] })),
        ]}
      />
      {data ? <Section authorizer={data} section={section} /> : !problem && <Waiting lines={5} />}
    </div>
  )
}

interface SectionProps {
  readonly authorizer: Authorizer
  readonly section: string | undefined
}

const Section = ({ authorizer, section }: SectionProps) => {
  const { appid } = authorizer
  if (section === 'timeline') return <MerchantTimeline appid={appid} />
  if (section === 'releases') return <MerchantReleases appid={appid} />
  if (section === 'domains') return <MerchantDomains appid={appid} />
  if (section === 'privacy') return <MerchantPrivacy appid={appid} />
  if (section === 'testers') return <MerchantTesters appid={appid} />
  if (section === 'access') return <MerchantAccess authorizer={authorizer} />
  if (section === 'events') return <MerchantEvents appid={appid} />
  return <MerchantSummary authorizer={authorizer} />
}

/** What keeps the platform from working for this merchant, or took the place of its work. */
const Standing = ({ authorizer: { appid, status, missing, live, drift } }: { readonly authorizer: Authorizer }) => {
  const texts = useTexts(merchantTexts)
  const { language } = useLanguage()
  const toAccess = (
    <LinkButton href={`/merchants/${appid}/access`} size="small">
      {texts.toAccess}
    </LinkButton>
  )
  if (status === 'reauthorize')
    return (
      <Notice tone="warn" action={toAccess}>
        {texts.reauthorizeNotice}
      </Notice>
    )
  if (status === 'revoked')
    return (
      <Notice tone="bad" action={toAccess}>
        {texts.revokedNotice}
      </Notice>
    )
  if (missing.length > 0)
    return (
      <Notice tone="warn" action={toAccess}>
        {texts.missingNotice} {missing.map((id) => permissionSetName(id, language)).join('、')}
      </Notice>
    )
  if (!live || !drift) return null
  return (
    <Notice
      tone="warn"
      action={
        <LinkButton href={`/releases/${appid}`} size="small">
          {texts.toReleases}
        </LinkButton>
      }
    >
      {live.origin === 'here'
        ? texts.wentBack(live.version, drift.version)
        : texts.driftNotice(live.version, drift.version)}
    </Notice>
  )
}
