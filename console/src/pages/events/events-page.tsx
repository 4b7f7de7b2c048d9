import { PageHeader } from '../../parts/page-header.tsx'
import { SectionNav } from '../../parts/section-nav.tsx'
import { useTexts } from '../../text/language.ts'
import { eventsTexts } from '../../text/events.ts'
import { Deliveries } from './deliveries.tsx'
import { Pushes } from './pushes.tsx'
import './events.css'

export const EventsPage = ({ section }: { readonly section?: string | undefined }) => {
  const texts = useTexts(eventsTexts)
  return (
    <div className="stack">
      <PageHeader title={texts.title}>{texts.about}</PageHeader>
      <SectionNav
        label={texts.views}
        links={[
          { href: '/events', label: texts.pushes },
          { href: '/events/deliveries', label: texts.deliveries },
        ]}
      />
      {section === 'deliveries' ? <Deliveries /> : <Pushes />}
    </div>
  )
}
