import { useList } from '../../api/use-list.ts'
import { Panel } from '../../parts/panel.tsx'
import { useTexts } from '../../text/language.ts'
import { merchantTexts } from '../../text/merchant.ts'
import { ReleaseTable } from './release-table.tsx'

export const MerchantReleases = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(merchantTexts)
  const list = useList('releases.list', { appid })
  return (
    <Panel title={texts.allReleases} flush>
      <ReleaseTable appid={appid} list={list} />
    </Panel>
  )
}
