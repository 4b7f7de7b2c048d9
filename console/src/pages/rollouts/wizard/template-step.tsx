import { useEffect } from 'react'
import { useList } from '../../../api/use-list.ts'
import { Pager } from '../../../parts/data-table.tsx'
import { EmptyState } from '../../../parts/empty-state.tsx'
import { ErrorNotice } from '../../../parts/notice.tsx'
import { TextAreaField, TextField } from '../../../parts/fields.tsx'
import { LinkButton } from '../../../parts/button.tsx'
import { Mark } from '../../../parts/mark.tsx'
import { TimeText } from '../../../parts/time-text.tsx'
import { Waiting } from '../../../parts/waiting.tsx'
import { useTexts } from '../../../text/language.ts'
import { wizardTexts } from '../../../text/rollout-wizard.ts'
import { readTemplates, type Template } from '../../../wechat/templates.ts'
import { ChoiceCards } from './choice-cards.tsx'
import type { Draft } from './draft.ts'
import type { StepProps } from './step.ts'

/** WeChat keeps at most 200. */
const SHOWN = 100

/** What the template proposes, wherever nothing else was written. */
const adopt = ({ templateId, version, description, source }: Template, draft: Draft): Partial<Draft> => {
  const suggestion = { templateId, version, description, name: `${source} ${version}`.trim() }
  const keep = (field: 'version' | 'description' | 'name'): string =>
    draft[field] === '' || draft[field] === draft.suggestion?.[field] ? suggestion[field] : draft[field]
  const words = { version: keep('version'), description: keep('description'), name: keep('name') }
  // What was allowed was allowed for another one.
  return { templateId, suggestion, ...words, ...(draft.suggestion?.templateId !== templateId && { allow: [] }) }
}

export const TemplateStep = ({ draft, change, wrongs }: StepProps) => {
  const texts = useTexts(wizardTexts)
  const list = useList('templates.list', {}, { limit: SHOWN })
  const templates = list.items && readTemplates(list.items)
  const chosen = templates?.find(({ templateId }) => templateId === draft.templateId)
  // A link of another page names the template only.
  useEffect(() => {
    if (chosen && draft.suggestion?.templateId !== chosen.templateId) change(adopt(chosen, draft))
  }, [chosen, draft, change])
  if (!templates) return list.problem ? <ErrorNotice problem={list.problem} onRetry={list.reload} /> : <Waiting />
  if (templates.length === 0 && list.page === 1)
    return (
      <EmptyState
        title={texts.noTemplates}
        action={
          <LinkButton href="/templates" primary>
            {texts.toTemplates}
          </LinkButton>
        }
      >
        {texts.noTemplatesHint}
      </EmptyState>
    )
  const choose = (value: string): void => {
    const template = templates.find(({ templateId }) => String(templateId) === value)
    if (template) change(adopt(template, draft))
  }
  return (
    <>
      <div className="stack tight wizard-templates">
        <ChoiceCards
          legend={texts.chooseTemplate}
          value={draft.templateId === undefined ? undefined : String(draft.templateId)}
          onChange={choose}
          error={wrongs['templateId']}
          choices={templates.map((template) => ({
            value: String(template.templateId),
            title: <TemplateTitle template={template} />,
            words: (
              <>
                {template.description} · <TimeText value={template.createdAt} />
                {template.developer !== '' && <> · {template.developer}</>}
              </>
            ),
          }))}
        />
        {(list.next || list.previous) && <Pager page={list.page} next={list.next} previous={list.previous} />}
      </div>
      <div className="wizard-pair">
        <TextField
          label={texts.version}
          value={draft.version}
          onChange={(version) => change({ version })}
          hint={texts.versionHint}
          error={wrongs['version']}
        />
        <TextField
          label={texts.name}
          value={draft.name}
          onChange={(name) => change({ name })}
          hint={texts.nameHint}
          error={wrongs['name']}
        />
      </div>
      <TextAreaField
        label={texts.description}
        value={draft.description}
        onChange={(description) => change({ description })}
        hint={texts.descriptionHint}
        error={wrongs['description']}
        rows={2}
      />
    </>
  )
}

const TemplateTitle = ({ template: { templateId, version, source, isStandard } }: { readonly template: Template }) => {
  const texts = useTexts(wizardTexts)
  return (
    <span className="row">
      <span>
        {source} {version}
      </span>
      <span className="fine mono">#{templateId}</span>
      {isStandard && <Mark tone="calm">{texts.standard}</Mark>}
    </span>
  )
}
