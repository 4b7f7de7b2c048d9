import { lazy, Suspense, useEffect, useRef, useState, type ComponentType } from 'react'
import { Button } from './parts/button.tsx'
import DashboardIcon from 'tdesign-icons-react/esm/components/dashboard.js'
import EllipsisIcon from 'tdesign-icons-react/esm/components/ellipsis.js'
import LayersIcon from 'tdesign-icons-react/esm/components/layers.js'
import LogoutIcon from 'tdesign-icons-react/esm/components/logout.js'
import NotificationIcon from 'tdesign-icons-react/esm/components/notification.js'
import RocketIcon from 'tdesign-icons-react/esm/components/rocket.js'
import SettingIcon from 'tdesign-icons-react/esm/components/setting.js'
import ShopIcon from 'tdesign-icons-react/esm/components/shop.js'
import { Link, useLocation } from 'wouter'
import { useRole } from './api/role.ts'
import { useSession } from './api/session.ts'
import { Brand } from './parts/brand.tsx'
import { LanguageSwitch } from './parts/language-switch.tsx'
import { Mark } from './parts/mark.tsx'
import { Modal } from './parts/modal.tsx'
import { Routes } from './routes.tsx'
import { useTexts } from './text/language.ts'
import { roleTexts } from './text/roles.ts'
import { shellTexts } from './text/shell.ts'
import { zoneName } from './text/times.ts'
import './shell.css'

const places = [
  { name: 'overview', href: '/overview', Icon: DashboardIcon },
  { name: 'merchants', href: '/merchants', Icon: ShopIcon, also: '/releases' },
  { name: 'templates', href: '/templates', Icon: LayersIcon },
  { name: 'rollouts', href: '/rollouts', Icon: RocketIcon, also: '/reviews' },
  { name: 'events', href: '/events', Icon: NotificationIcon },
  { name: 'settings', href: '/settings', Icon: SettingIcon },
] as const

/** How many stand in the bar at the bottom of a phone; the others are behind "more". */
const ON_PHONE = 4

const Tour = lazy(() => import('./tour/tour.tsx').then(({ Tour }) => ({ default: Tour })))

/** Navigation around the pages: at the side, or at the bottom of a phone. */
export const Shell = () => {
  const texts = useTexts(shellTexts)
  const { demo } = useSession()
  const [here] = useLocation()
  const main = useRef<HTMLElement>(null)
  useFocusOnNewPage(main, here)
  return (
    <div className="shell">
      <a className="skip" href="#content">
        {texts.skip}
      </a>
      <aside className="side">
        <div className="side-head row apart">
          <Brand />
          {demo && <Mark tone="calm">{texts.demo}</Mark>}
        </div>
        <nav aria-label={texts.navigation}>
          <Places from={0} to={places.length} />
        </nav>
        <div className="side-foot">
          <Account />
        </div>
      </aside>
      <header className="top">
        <Brand />
        {demo && <Mark tone="calm">{texts.demo}</Mark>}
      </header>
      <main id="content" ref={main} tabIndex={-1}>
        <Routes />
      </main>
      <BottomBar />
      {demo && (
        <Suspense>
          <Tour />
        </Suspense>
      )}
    </div>
  )
}

/** Whoever follows a link with the keyboard goes on at the top of the new page. */
const useFocusOnNewPage = (main: React.RefObject<HTMLElement | null>, here: string): void => {
  const page = pageOf(here)
  const before = useRef(page)
  useEffect(() => {
    if (before.current === page) return
    before.current = page
    window.scrollTo(0, 0)
    main.current?.focus({ preventScroll: true })
  }, [main, page])
}

/** Parts of these pages have addresses of their own; going from one to the other is not leaving the page. */
const inParts: readonly string[] = ['events', 'settings']

const pageOf = (here: string): string => {
  const [, place = '', subject = ''] = here.split('/')
  return inParts.includes(place) ? place : `${place}/${subject}`
}

const isHere = (here: string, href: string, also?: string): boolean =>
  [href, also].some((start) => start !== undefined && (here === start || here.startsWith(`${start}/`)))

const Places = ({ from, to, onGo }: { readonly from: number; readonly to: number; readonly onGo?: () => void }) => {
  const texts = useTexts(shellTexts)
  const [here] = useLocation()
  return (
    <ul>
      {places.slice(from, to).map(({ name, href, Icon, ...more }) => (
        <li key={name}>
          <Link
            href={href}
            {...(onGo && { onClick: onGo })}
            {...(isHere(here, href, 'also' in more ? more.also : undefined) && { 'aria-current': 'page' as const })}
          >
            <PlaceIcon Icon={Icon} />
            <span>{texts[name]}</span>
          </Link>
        </li>
      ))}
    </ul>
  )
}

const PlaceIcon = ({
  Icon,
}: {
  readonly Icon: ComponentType<{ readonly size: string; readonly 'aria-hidden': true }>
}) => <Icon size="20px" aria-hidden />

const Account = () => {
  const texts = useTexts(shellTexts)
  const roleWords = useTexts(roleTexts)
  const { signOut } = useSession()
  const role = useRole().data?.role
  return (
    <>
      {role && <p className="fine">{roleWords.yours(roleWords[role])}</p>}
      <p className="fine">{texts.zone(zoneName())}</p>
      <div className="row">
        <LanguageSwitch />
        <Button variant="text" size="small" icon={<LogoutIcon aria-hidden />} onClick={() => signOut()}>
          {texts.signOut}
        </Button>
      </div>
    </>
  )
}

const BottomBar = () => {
  const texts = useTexts(shellTexts)
  const [open, setOpen] = useState(false)
  const close = (): void => setOpen(false)
  return (
    <>
      <nav className="bottom" aria-label={texts.navigation}>
        <Places from={0} to={ON_PHONE} />
        <button type="button" onClick={() => setOpen(true)} aria-haspopup="dialog">
          <EllipsisIcon size="20px" aria-hidden />
          <span>{texts.more}</span>
        </button>
      </nav>
      <Modal open={open} title={texts.more} onClose={close}>
        <nav className="more-places" aria-label={texts.more}>
          <Places from={ON_PHONE} to={places.length} onGo={close} />
        </nav>
        <Account />
      </Modal>
    </>
  )
}
