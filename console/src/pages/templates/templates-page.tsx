import { PageHeader } from '../../parts/page-header.tsx'
import { useTexts } from '../../text/language.ts'
import { templatesTexts } from '../../text/templates.ts'
import { DraftList } from './draft-list.tsx'
import { TemplateList } from './template-list.tsx'

export const TemplatesPage = () => {
  const texts = useTexts(templatesTexts)
  return (
    <div className="stack">
      <PageHeader title={texts.title} />
      <TemplateList />
      <DraftList />
    </div>
  )
}
