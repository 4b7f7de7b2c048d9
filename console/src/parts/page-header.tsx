import { useEffect, type ReactNode } from 'react'
import ChevronLeftIcon from 'tdesign-icons-react/esm/components/chevron-left.js'
import { Link } from 'wouter'
import './page-header.css'

interface PageHeaderProps {
  readonly title: string
  /** Under the title. */
  readonly children?: ReactNode
  /** Beside the title: a state, for example. */
  readonly beside?: ReactNode
  readonly back?: { readonly href: string; readonly label: string } | undefined
  readonly actions?: ReactNode
}

/** Head of a page; the tab is named after it. */
export const PageHeader = ({ title, children, beside, back, actions }: PageHeaderProps) => {
  useEffect(() => {
    document.title = `${title} · Minifleet`
  }, [title])
  return (
    <header className="page-header">
      {back && (
        <Link href={back.href} className="page-back">
          <ChevronLeftIcon aria-hidden />
          {back.label}
        </Link>
      )}
      <div className="row apart">
        <div className="row page-title">
          <h1 tabIndex={-1}>{title}</h1>
          {beside}
        </div>
        {actions !== undefined && <div className="row">{actions}</div>}
      </div>
      {children !== undefined && <div className="page-about">{children}</div>}
    </header>
  )
}
