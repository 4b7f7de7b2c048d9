import { useState } from 'react'
import CloseIcon from 'tdesign-icons-react/esm/components/close.js'
import { useMerchantNames } from '../api/use-merchant-names.ts'
import { useOperation } from '../api/use-operation.ts'
import { Button } from './button.tsx'
import { SearchBox } from './search-box.tsx'
import { useTexts } from '../text/language.ts'
import { partTexts } from '../text/parts.ts'

interface MerchantFilterProps {
  readonly appid: string
  readonly onChoose: (appid: string) => void
}

const OFFERED = 6

/** Finds a merchant by name, and shows only what concerns it. */
export const MerchantFilter = ({ appid, onChoose }: MerchantFilterProps) => {
  const texts = useTexts(partTexts)
  const [query, setQuery] = useState('')
  const names = useMerchantNames(appid === '' ? [] : [appid])
  const { data } = useOperation('authorizers.list', query === '' ? undefined : { query, limit: OFFERED })
  if (appid !== '')
    return (
      <Button
        variant="outline"
        icon={<CloseIcon aria-hidden />}
        title={texts.clear}
        onClick={() => {
          setQuery('')
          onChoose('')
        }}
      >
        {texts.onlyOf(names.get(appid) || appid)}
      </Button>
    )
  return (
    <>
      <SearchBox label={texts.findMerchant} placeholder={texts.merchantPlaceholder} value={query} onSearch={setQuery} />
      {query !== '' && data && (
        <div className="row" role="status">
          {data.items.map((merchant) => (
            <Button key={merchant.appid} size="small" variant="outline" onClick={() => onChoose(merchant.appid)}>
              {merchant.nickName || merchant.appid}
            </Button>
          ))}
          {data.items.length === 0 && <span className="soft">{texts.noSuchMerchant}</span>}
        </div>
      )}
    </>
  )
}
