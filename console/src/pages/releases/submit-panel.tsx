import type { Release } from '../../../../client/src/client.ts'
import { useOperation } from '../../api/use-operation.ts'
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
import { useForm } from '../../api/use-form.ts'

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

interface Draft extends Record<'category' | 'page' | 'title' | 'tag' | 'versionDescription' | 'feedback', string> {
  readonly media: readonly Media[]
  readonly autoRelease: boolean
  readonly noPrivacyApi: boolean
}

const SubmitForm = ({ release, categories, pages, quota }: SubmitFormProps) => {
  const texts = useTexts(submitTexts)
  const { appid, state } = release
  const begin: Draft = {
    category: categories[0]?.key ?? '',
    page: pages[0] ?? '',
    title: '',
    tag: '',
    versionDescription: '',
    feedback: '',
    media: [],
    autoRelease: false,
    noPrivacyApi: false,
  }
  const form = useForm('releases.submit', {
    begin,
    input: ({ category, page, media, autoRelease, noPrivacyApi, ...words }) => ({
      appid,
      items: categories
        .filter(({ key }) => key === category)
        .map(({ item }) => ({
          ...item,
          address: page || undefined,
          title: words.title.trim() || undefined,
          tag: words.tag.trim() || undefined,
        })),
      versionDescription: words.versionDescription.trim() || undefined,
      feedback: words.feedback.trim() || undefined,
      ...(media.length > 0 && { previewInfo: { pic_id_list: media.map(({ mediaId }) => mediaId) } }),
      ...(noPrivacyApi && { privacyApiNotUse: true }),
      ...(autoRelease && { autoRelease }),
    }),
    onDone: () => toast(texts.submitted),
  })
  const { values, change, field } = form
  const pictures = <MediaField appid={appid} media={values.media} onChange={(media) => change({ media })} />
  if (categories.length === 0) return <Notice tone="warn">{texts.noCategory}</Notice>
  return (
    <Form form={form} submit={texts.submit}>
      <p className="soft">
        {texts.about} {quota && texts.quota(quota.rest, quota.limit)}
      </p>
      <div className="columns two">
        <ChoiceField
          label={texts.category}
          {...field('category')}
          choices={categories.map(({ key, name }) => ({ value: key, label: name }))}
        />
        <ChoiceField
          label={texts.page}
          {...field('page')}
          choices={pages.map((path) => ({ value: path, label: path }))}
        />
        <TextField label={texts.pageTitle} hint={texts.pageTitleHint} {...field('title')} optional />
        <TextField label={texts.tag} hint={texts.tagHint} {...field('tag')} optional />
        <TextAreaField
          label={texts.versionDescription}
          hint={texts.versionDescriptionHint}
          {...field('versionDescription')}
          optional
        />
        {state === 'rejected' ? (
          <TextAreaField label={texts.feedback} hint={texts.feedbackHint} {...field('feedback')} optional />
        ) : (
          pictures
        )}
      </div>
      {state === 'rejected' && pictures}
      <CheckField label={texts.autoRelease} {...field('autoRelease')} />
      <CheckField label={texts.noPrivacyApi} {...field('noPrivacyApi')} />
    </Form>
  )
}
