import { Link } from 'wouter'
import { useState } from 'react'
import CloseIcon from 'tdesign-icons-react/esm/components/close.js'
import { useMerchantNames } from '../api/use-merchant-names.ts'
import { useOperation } from '../api/use-operation.ts'
import { Button } from './button.tsx'
import { SearchBox, type Filter } from './filters.tsx'
import { useTexts } from '../text/language.ts'
import { partTexts } from '../text/parts.ts'
import './merchant-link.css'

interface MerchantLinkProps {
  readonly appid: string
  readonly name: string | undefined
  /** Default: the merchant's own page. */
  readonly href?: string
}

/** A merchant by name, with the appid below. */
export const MerchantLink = ({ appid, name, href = `/merchants/${appid}` }: MerchantLinkProps) => (
  <span className="merchant-link">
    <Link href={href}>{name === undefined || name === '' ? appid : name}</Link>
    {name !== undefined && name !== '' && <span className="fine mono">{appid}</span>}
  </span>
)

const OFFERED = 6

/** Finds a merchant by name, and shows only what concerns it. */
export const MerchantFilter = ({ value: appid, onChange }: Filter<string>) => {
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
          onChange('')
        }}
      >
        {texts.onlyOf(names.get(appid) || appid)}
      </Button>
    )
  return (
    <>
      <SearchBox label={texts.findMerchant} placeholder={texts.merchantPlaceholder} value={query} onChange={setQuery} />
      {query !== '' && data && (
        <div className="row" role="status">
          {data.items.map((merchant) => (
            <Button key={merchant.appid} size="small" variant="outline" onClick={() => onChange(merchant.appid)}>
              {merchant.nickName || merchant.appid}
            </Button>
          ))}
          {data.items.length === 0 && <span className="soft">{texts.noSuchMerchant}</span>}
        </div>
      )}
    </>
  )
}
