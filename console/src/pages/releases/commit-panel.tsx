import { useState } from 'react'
import type { Release } from '../../../../client/src/client.ts'
import type { InputOf } from '../../api/call.ts'
import { useAction } from '../../api/use-action.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { ChoiceField, TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Panel } from '../../parts/panel.tsx'
import { toast } from '../../parts/toast.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { commitTexts, releaseTexts } from '../../text/releases.ts'
import { readTemplates, type Template } from '../../wechat/templates.ts'
import { CommitPreview } from './commit-preview.tsx'
import { extOf, objectOf, parseObject, type Row } from './ext-draft.ts'
import { ExtFields } from './ext-fields.tsx'

interface CommitPanelProps {
  readonly appid: string
  /** What was committed last: its `ext` is where this one begins. */
  readonly newest: Release | undefined
  /** Would be superseded. */
  readonly current: Release | undefined
  readonly onDone: () => void
  readonly onCancel?: () => void
}

/** Templates at a time; WeChat keeps 200 in all. */
const SHOWN_TEMPLATES = 100

export const CommitPanel = (props: CommitPanelProps) => {
  const texts = useTexts(commitTexts)
  const words = useTexts(releaseTexts)
  const { appid } = props
  const templates = useOperation('templates.list', { limit: SHOWN_TEMPLATES })
  const authorizer = useOperation('authorizers.get', { appid })
  const businessId = authorizer.data?.businessId
  const binding = useOperation('bindings.get', businessId === undefined ? undefined : { businessId })
  const isReady = templates.data && authorizer.data && !binding.loading
  const list = templates.data && readTemplates(templates.data.items)
  return (
    <Panel title={words.newVersion}>
      <ErrorNotice problem={templates.problem ?? authorizer.problem} onRetry={templates.reload} />
      {!isReady && !templates.problem && <Waiting lines={5} />}
      {list?.length === 0 && (
        <EmptyState title={texts.noTemplates} action={<LinkButton href="/templates">{texts.toTemplates}</LinkButton>} />
      )}
      {isReady && list && list.length > 0 && (
        <CommitForm {...props} templates={list} attributes={binding.data?.attributes ?? {}} />
      )}
    </Panel>
  )
}

interface CommitFormProps extends CommitPanelProps {
  readonly templates: readonly Template[]
  readonly attributes: Readonly<Record<string, string>>
}

const CommitForm = ({ appid, newest, current, onDone, onCancel, templates, attributes }: CommitFormProps) => {
  const texts = useTexts(commitTexts)
  const [first] = templates
  const [templateId, setTemplateId] = useState(first ? String(first.templateId) : '')
  const [version, setVersion] = useState(first?.version ?? '')
  const [description, setDescription] = useState(first?.description ?? '')
  const [variables, setVariables] = useState<readonly Row[]>(
    Object.entries(attributes).map(([name, value]) => ({ name, value })),
  )
  const [extText, setExtText] = useState(() => JSON.stringify(extOf(newest?.extJson), undefined, 2))
  const [moreText, setMoreText] = useState('')
  const commit = useAction('releases.commit')

  const choose = (id: string): void => {
    const template = templates.find((one) => String(one.templateId) === id)
    setTemplateId(id)
    if (!template) return
    setVersion(template.version)
    setDescription(template.description)
  }
  const ext = parseObject(extText)
  const more = parseObject(moreText)
  const changed = Object.entries(objectOf(variables)).filter(([name, value]) => attributes[name] !== value)
  const wish: InputOf<'releases.render'> | undefined =
    templateId === '' || !ext || !more
      ? undefined
      : {
          appid,
          templateId: Number(templateId),
          ...(Object.keys(ext).length > 0 && { ext }),
          ...(changed.length > 0 && { extVars: Object.fromEntries(changed) }),
          ...(Object.keys(more).length > 0 && { extJson: more }),
        }
  const submit = async (): Promise<void> => {
    if (!wish) return
    const release = await commit.run({ ...wish, version: version.trim(), description: description.trim() })
    if (!release) return
    toast(texts.committed(release.version))
    onDone()
  }
  return (
    <Form onSubmit={submit} action={commit}>
      <p className="soft">{texts.about}</p>
      {current && <Notice tone="warn">{texts.superseding(current.version)}</Notice>}
      <div className="commit-columns">
        <div className="stack">
          <ChoiceField
            label={texts.template}
            value={templateId}
            onChange={choose}
            choices={templates.map((template) => ({
              value: String(template.templateId),
              label: `#${template.templateId} · ${template.version} · ${template.description}`,
            }))}
          />
          <div className="columns">
            <TextField label={texts.version} value={version} onChange={setVersion} hint={texts.versionHint} />
            <TextField label={texts.description} value={description} onChange={setDescription} />
          </div>
          <ExtFields
            variables={variables}
            onVariables={setVariables}
            extText={extText}
            onExtText={setExtText}
            moreText={moreText}
            onMoreText={setMoreText}
          />
        </div>
        <CommitPreview wish={wish} />
      </div>
      <ErrorNotice problem={commit.problem} />
      <div className="row">
        <Button
          type="submit"
          loading={commit.busy}
          disabled={!wish || version.trim() === '' || description.trim() === ''}
        >
          {texts.commit}
        </Button>
        {onCancel && (
          <Button variant="text" onClick={onCancel}>
            {texts.cancel}
          </Button>
        )}
      </div>
    </Form>
  )
}
