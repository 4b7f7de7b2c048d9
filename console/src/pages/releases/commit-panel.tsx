import type { Release } from '../../../../client/src/client.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { Form } from '../../parts/form.tsx'
import { Panel } from '../../parts/panel.tsx'
import { toast } from '../../parts/toast.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { commitTexts, releaseTexts } from '../../text/releases.ts'
import { readTemplates, type Template } from '../../wechat/templates.ts'
import { CommitPreview } from './commit-preview.tsx'
import { useForm } from '../../api/use-form.ts'
import { ExtEditor } from '../../parts/ext-editor.tsx'
import { PairRows } from '../../parts/pair-rows.tsx'
import { ChoiceField, TextAreaField, TextField } from '../../parts/fields.tsx'
import { extTexts } from '../../text/parts.ts'
import { draftOfCommit, extOf, givenExtOf, objectOf, parseObject, type ExtDraft, type Pair } from '../../wechat/ext.ts'

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
  const templates = useOperation('templates.list', { limit: SHOWN_TEMPLATES })
  const authorizer = useOperation('authorizers.get', { appid: props.appid })
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

interface Draft extends ExtDraft {
  readonly templateId: string
  readonly version: string
  readonly description: string
  readonly variables: readonly Pair[]
  /** Other keys of ext_json, as JSON. */
  readonly more: string
}

const CommitForm = ({ appid, newest, current, onDone, onCancel, templates, attributes }: CommitFormProps) => {
  const texts = useTexts(commitTexts)
  const { notObject } = useTexts(extTexts)
  const [first] = templates
  const begin: Draft = {
    templateId: String(first?.templateId ?? ''),
    version: first?.version ?? '',
    description: first?.description ?? '',
    variables: Object.entries(attributes).map(([name, value]) => ({ name, value })),
    more: '',
    ...draftOfCommit(newest?.extJson),
  }
  /** As `releases.render` takes it, and more; what cannot be read is left out. */
  const inputOf = (draft: Draft) => {
    const ext = givenExtOf(draft)
    const more = parseObject(draft.more) ?? {}
    const changed = Object.entries(objectOf(draft.variables)).filter(([name, value]) => attributes[name] !== value)
    return {
      appid,
      templateId: Number(draft.templateId),
      ...(ext && { ext }),
      ...(changed.length > 0 && { extVars: Object.fromEntries(changed) }),
      ...(Object.keys(more).length > 0 && { extJson: more }),
    }
  }
  const wrongIn = (draft: Draft) => ({
    ext: extOf(draft) ? undefined : notObject,
    more: parseObject(draft.more) ? undefined : notObject,
  })
  const form = useForm('releases.commit', {
    begin,
    input: (draft) => ({
      ...inputOf(draft),
      version: draft.version.trim(),
      description: draft.description.trim(),
    }),
    wrong: wrongIn,
    onDone: ({ version }) => {
      toast(texts.committed(version))
      onDone()
    },
  })
  const { values, change, field } = form
  const wrong = wrongIn(values)
  const isReadable = wrong.ext === undefined && wrong.more === undefined
  const choose = (templateId: string): void => {
    const template = templates.find((one) => String(one.templateId) === templateId)
    if (template) change({ templateId, version: template.version, description: template.description })
  }
  return (
    <Form
      form={form}
      submit={texts.commit}
      beside={
        onCancel && (
          <Button variant="text" onClick={onCancel}>
            {texts.cancel}
          </Button>
        )
      }
    >
      <p className="soft">{texts.about}</p>
      {current && <Notice tone="warn">{texts.superseding(current.version)}</Notice>}
      <div className="commit-columns">
        <div className="stack">
          <ChoiceField
            label={texts.template}
            value={values.templateId}
            onChange={choose}
            choices={templates.map((template) => ({
              value: String(template.templateId),
              label: `#${template.templateId} · ${template.version} · ${template.description}`,
            }))}
          />
          <div className="columns">
            <TextField label={texts.version} hint={texts.versionHint} {...field('version')} />
            <TextField label={texts.description} {...field('description')} />
          </div>
          <ExtEditor draft={values} onChange={change} />
          <PairRows
            legend={texts.variables}
            hint={texts.variablesHint}
            nameLabel={`${texts.variables} · ${texts.name}`}
            valueLabel={`${texts.variables} · ${texts.value}`}
            addLabel={texts.addVariable}
            pairs={values.variables}
            onChange={(variables) => change({ variables })}
          />
          <details>
            <summary className="soft">{texts.more}</summary>
            <TextAreaField
              label={texts.more}
              hint={texts.moreHint}
              placeholder={'{ "window": { "navigationBarTitleText": "{{shopName}}" } }'}
              {...field('more')}
              error={wrong.more}
              rows={5}
              mono
            />
          </details>
        </div>
        <CommitPreview input={isReadable ? inputOf(values) : undefined} />
      </div>
    </Form>
  )
}
