import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import { Button } from '../../parts/button.tsx'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { useSearchValue } from '../../parts/use-search-value.ts'
import { useTexts } from '../../text/language.ts'
import { merchantsTexts } from '../../text/merchants.ts'
import { InviteDialog } from './invite-dialog.tsx'
import { InvitedMerchants } from './invited-merchants.tsx'
import { MerchantList } from './merchant-list.tsx'
import { SyncButton } from './sync-button.tsx'

export const MerchantsPage = () => {
  const texts = useTexts(merchantsTexts)
  const [view, setView] = useSearchValue('view')
  const [invite, setInvite] = useSearchValue('invite')
  return (
    <div className="stack">
      <PageHeader
        title={texts.title}
        actions={
          <>
            <SyncButton />
            <Button theme="primary" icon={<AddIcon aria-hidden />} onClick={() => setInvite('1')}>
              {texts.invite}
            </Button>
          </>
        }
      />
      <div className="row">
        <FilterBar
          label={texts.views}
          value={view === 'invited' ? 'invited' : 'authorized'}
          choices={[
            { value: 'authorized', label: texts.authorized },
            { value: 'invited', label: texts.invited },
          ]}
          onChange={(chosen) => setView(chosen === 'invited' ? chosen : '')}
        />
      </div>
      {view === 'invited' ? (
        <InvitedMerchants onInvite={setInvite} />
      ) : (
        <MerchantList onInvite={() => setInvite('1')} />
      )}
      {/* The value names the business to invite again, or is 1. */}
      <InviteDialog
        key={invite}
        open={invite !== ''}
        businessId={invite === '1' ? '' : invite}
        onClose={() => setInvite('')}
      />
    </div>
  )
}
