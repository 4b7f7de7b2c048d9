import { useTexts } from '../text/language.ts'
import { tourTexts } from '../text/tour.ts'
import { AccountEntry } from './account-entry.tsx'
import type { DemoMerchant } from './demo-api.ts'
import { SimpleEntry } from './entry.tsx'
import { useDrawer } from './use-demo.ts'

const overview = (words: string) => ({ words, href: '/overview' })

const isActive = ({ standing }: DemoMerchant): boolean => standing === 'active'

export const TroubleEntries = () => {
  const texts = useTexts(tourTexts)
  const { tickets, quota, wechat, business } = useDrawer().state
  return (
    <ul className="tour-list">
      <SimpleEntry
        action="stopTickets"
        title={texts.stopTickets}
        what={texts.stopTicketsWhat}
        look={overview(texts.stopTicketsLook)}
        broken={!tickets.running}
      />
      <AccountEntry
        action="killRefreshToken"
        title={texts.killRefreshToken}
        what={texts.killRefreshTokenWhat}
        lookWords={texts.killRefreshTokenLook}
        lookAt={() => '/overview'}
        offers={isActive}
      />
      <AccountEntry
        action="expireToken"
        title={texts.expireToken}
        what={texts.expireTokenWhat}
        lookWords={texts.expireTokenLook}
        lookAt={() => '/overview'}
        offers={isActive}
      />
      <SimpleEntry
        action="spendQuota"
        title={texts.spendQuota}
        what={texts.spendQuotaWhat}
        look={{ words: texts.spendQuotaLook, href: '/rollouts' }}
        broken={quota.left <= 0}
      />
      <SimpleEntry
        action="takeWechatDown"
        title={texts.takeWechatDown}
        what={texts.takeWechatDownWhat}
        look={{ words: texts.takeWechatDownLook, href: '/merchants' }}
        broken={wechat.down}
      />
      <SimpleEntry
        action="closeWhitelist"
        title={texts.closeWhitelist}
        what={texts.closeWhitelistWhat}
        look={overview(texts.closeWhitelistLook)}
        broken={wechat.whitelistClosed}
      />
      <SimpleEntry
        action="takeBusinessDown"
        title={texts.takeBusinessDown}
        what={texts.takeBusinessDownWhat}
        look={{ words: texts.takeBusinessDownLook, href: '/events' }}
        broken={business.down}
      />
      <SimpleEntry
        action="pushAgain"
        title={texts.pushAgain}
        what={texts.pushAgainWhat}
        look={{ words: texts.pushAgainLook, href: '/events' }}
      />
    </ul>
  )
}
