import { useEffect, useRef } from 'react'
import { Link, useLocation } from 'wouter'
import './section-nav.css'

export interface SectionLink {
  readonly href: string
  readonly label: string
}

/** Parts of a page, each with an address of its own. */
export const SectionNav = ({ label, links }: { readonly label: string; readonly links: readonly SectionLink[] }) => {
  const [here] = useLocation()
  const nav = useRef<HTMLElement>(null)
  useEffect(() => {
    nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [here])
  return (
    <nav ref={nav} className="section-nav" aria-label={label}>
      {links.map(({ href, label: words }) => (
        <Link key={href} href={href} replace {...(here === href ? { 'aria-current': 'page' as const } : {})}>
          {words}
        </Link>
      ))}
    </nav>
  )
}
