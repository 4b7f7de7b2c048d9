import { Link } from 'wouter'
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
