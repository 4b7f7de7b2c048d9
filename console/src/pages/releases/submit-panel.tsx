import { useState } from 'react'
import type { Release } from '../../../../client/src/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { CheckField, ChoiceField, TextAreaField, TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Panel } from '../../parts/panel.tsx'
import { toast } from '../../parts/toast.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { submitTexts } from '../../text/releases.ts'
import { type Category, readCategories, readQuota } from '../../wechat/review.ts'
import { type Media, MediaField } from './media-field.tsx'

/** The trial version, to be submitted for review. */
export const SubmitPanel = ({ release }: { readonly release: Release }) => {
  const texts = useTexts(submitTexts)
  const { appid, state } = release
  const categories = useOperation('releases.categories', { appid })
  const pages = useOperation('releases.pages', { appid })
  const quota = useOperation('releases.quota', { appid })
  const problem = categories.problem ?? pages.problem
  return (
    <Panel title={state === 'committed' ? texts.title : texts.again}>
      <ErrorNotice
        problem={problem}
        onRetry={() => {
          categories.reload()
          pages.reload()
        }}
      />
      {categories.data && pages.data ? (
        <SubmitForm
          release={release}
          categories={readCategories(categories.data.categories)}
          pages={pages.data.pages}
          quota={quota.data && readQuota(quota.data)}
        />
      ) : (
        !problem && <Waiting lines={4} />
      )}
    </Panel>
  )
}

interface SubmitFormProps {
  readonly release: Release
  readonly categories: readonly Category[]
  readonly pages: readonly string[]
  readonly quota: { readonly rest: number; readonly limit: number } | undefined
}

const SubmitForm = ({ release, categories, pages, quota }: SubmitFormProps) => {
  const texts = useTexts(submitTexts)
  const { appid, state } = release
  const [categoryKey, setCategoryKey] = useState(categories[0]?.key ?? '')
  const [page, setPage] = useState(pages[0] ?? '')
  const [title, setTitle] = useState('')
  const [tag, setTag] = useState('')
  const [versionDescription, setVersionDescription] = useState('')
  const [feedback, setFeedback] = useState('')
  const [media, setMedia] = useState<readonly Media[]>([])
  const [autoRelease, setAutoRelease] = useState(false)
  const [noPrivacyApi, setNoPrivacyApi] = useState(false)
  const submit = useAction('releases.submit')
  const category = categories.find(({ key }) => key === categoryKey)

  const send = async (): Promise<void> => {
    if (!category) return
    const done = await submit.run({
      appid,
      items: [
        {
          ...category.item,
          ...(page !== '' && { address: page }),
          ...(title.trim() !== '' && { title: title.trim() }),
          ...(tag.trim() !== '' && { tag: tag.trim() }),
        },
      ],
      ...(versionDescription.trim() !== '' && { versionDescription: versionDescription.trim() }),
      ...(feedback.trim() !== '' && { feedback: feedback.trim() }),
      ...(media.length > 0 && { previewInfo: { pic_id_list: media.map(({ mediaId }) => mediaId) } }),
      ...(noPrivacyApi && { privacyApiNotUse: true }),
      ...(autoRelease && { autoRelease }),
    })
    if (done) toast(texts.submitted)
  }
  if (categories.length === 0) return <Notice tone="warn">{texts.noCategory}</Notice>
  return (
    <Form onSubmit={send} action={submit}>
      <p className="soft">
        {texts.about} {quota && texts.quota(quota.rest, quota.limit)}
      </p>
      <div className="columns two">
        <ChoiceField
          label={texts.category}
          value={categoryKey}
          onChange={setCategoryKey}
          choices={categories.map(({ key, name }) => ({ value: key, label: name }))}
        />
        <ChoiceField
          label={texts.page}
          value={page}
          onChange={setPage}
          choices={pages.map((path) => ({ value: path, label: path }))}
        />
        <TextField label={texts.pageTitle} value={title} onChange={setTitle} hint={texts.pageTitleHint} optional />
        <TextField label={texts.tag} value={tag} onChange={setTag} hint={texts.tagHint} optional />
        <TextAreaField
          label={texts.versionDescription}
          value={versionDescription}
          onChange={setVersionDescription}
          hint={texts.versionDescriptionHint}
          optional
        />
        {state === 'rejected' ? (
          <TextAreaField
            label={texts.feedback}
            value={feedback}
            onChange={setFeedback}
            hint={texts.feedbackHint}
            optional
          />
        ) : (
          <MediaField appid={appid} media={media} onChange={setMedia} />
        )}
      </div>
      {state === 'rejected' && <MediaField appid={appid} media={media} onChange={setMedia} />}
      <CheckField label={texts.autoRelease} checked={autoRelease} onChange={setAutoRelease} />
      <CheckField label={texts.noPrivacyApi} checked={noPrivacyApi} onChange={setNoPrivacyApi} />
      <ErrorNotice problem={submit.problem} />
      <div className="row">
        <Button type="submit" loading={submit.busy}>
          {texts.submit}
        </Button>
      </div>
    </Form>
  )
}
