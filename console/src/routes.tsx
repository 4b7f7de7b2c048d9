import { Component, lazy, Suspense, type ComponentType, type ReactNode } from 'react'
import { Button } from './parts/button.tsx'
import { Link, Redirect, Route, Switch, useLocation } from 'wouter'
import { EmptyState } from './parts/empty-state.tsx'
import { PageHeader } from './parts/page-header.tsx'
import { Waiting } from './parts/waiting.tsx'
import { useTexts } from './text/language.ts'
import { partTexts } from './text/parts.ts'
import { shellTexts } from './text/shell.ts'

type Loader<P, K extends string> = () => Promise<Readonly<Record<K, ComponentType<P>>>>

/** A page that is loaded when somebody goes there. */
const page = <P, K extends string>(name: K, load: Loader<P, K>) => lazy(async () => ({ default: (await load())[name] }))

const OverviewPage = page('OverviewPage', () => import('./pages/overview/overview-page.tsx'))
const MerchantsPage = page('MerchantsPage', () => import('./pages/merchants/merchants-page.tsx'))
const MerchantPage = page('MerchantPage', () => import('./pages/merchants/merchant-page.tsx'))
const TemplatesPage = page('TemplatesPage', () => import('./pages/templates/templates-page.tsx'))
const ReleasePage = page('ReleasePage', () => import('./pages/releases/release-page.tsx'))
const RolloutsPage = page('RolloutsPage', () => import('./pages/rollouts/rollouts-page.tsx'))
const NewRolloutPage = page('NewRolloutPage', () => import('./pages/rollouts/new-rollout-page.tsx'))
const RolloutPage = page('RolloutPage', () => import('./pages/rollouts/rollout-page.tsx'))
const ReviewsPage = page('ReviewsPage', () => import('./pages/reviews/reviews-page.tsx'))
const EventsPage = page('EventsPage', () => import('./pages/events/events-page.tsx'))
const SettingsPage = page('SettingsPage', () => import('./pages/settings/settings-page.tsx'))

export const Routes = () => {
  const [here] = useLocation()
  return (
    <PageGuard key={here.split('/')[1]}>
      <Suspense fallback={<Waiting lines={5} />}>
        <Switch>
          <Route path="/">
            <Redirect to="/overview" replace />
          </Route>
          <Route path="/overview">
            <OverviewPage />
          </Route>
          <Route path="/merchants">
            <MerchantsPage />
          </Route>
          <Route path="/merchants/:appid/:section?">
            {({ appid, section }) => <MerchantPage appid={appid} section={section} />}
          </Route>
          <Route path="/templates">
            <TemplatesPage />
          </Route>
          <Route path="/releases/:appid">{({ appid }) => <ReleasePage key={appid} appid={appid} />}</Route>
          <Route path="/rollouts">
            <RolloutsPage />
          </Route>
          <Route path="/rollouts/new">
            <NewRolloutPage />
          </Route>
          <Route path="/rollouts/:rolloutId">
            {({ rolloutId }) => <RolloutPage key={rolloutId} rolloutId={rolloutId} />}
          </Route>
          <Route path="/reviews">
            <ReviewsPage />
          </Route>
          <Route path="/events/:section?">{({ section }) => <EventsPage section={section} />}</Route>
          <Route path="/settings/:section?">{({ section }) => <SettingsPage section={section} />}</Route>
          <Route>
            <NotFoundPage />
          </Route>
        </Switch>
      </Suspense>
    </PageGuard>
  )
}

const NotFoundPage = () => {
  const texts = useTexts(shellTexts)
  return (
    <div className="stack">
      <PageHeader title={texts.notFound} />
      <p className="soft">{texts.notFoundHint}</p>
      <p>
        <Link href="/overview">{texts.toOverview}</Link>
      </p>
    </div>
  )
}

/** A page that broke, or whose script is gone because a new version was deployed, takes nothing else with it. */
class PageGuard extends Component<{ readonly children: ReactNode }, { readonly broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { readonly broken: boolean } {
    return { broken: true }
  }

  override render(): ReactNode {
    return this.state.broken ? <BrokenPage /> : this.props.children
  }
}

const BrokenPage = () => {
  const texts = useTexts(partTexts)
  return (
    <EmptyState title={texts.failed} action={<Button onClick={() => location.reload()}>{texts.reload}</Button>}>
      {texts.failedHint}
    </EmptyState>
  )
}
