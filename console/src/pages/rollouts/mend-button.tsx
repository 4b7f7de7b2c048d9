import { useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { useOperation } from '../../api/use-operation.ts'
import { ChoiceField, TextAreaField } from '../../parts/fields.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { rolloutToolTexts } from '../../text/rollout-tools.ts'
import { readCategories } from '../../wechat/review.ts'
import { MediaField, type Media } from '../releases/media-field.tsx'

interface MendButtonProps {
  readonly rolloutId: string
  readonly reason: string
  readonly count: number
  /** One of the group: its categories are offered, and pictures go up through it. */
  readonly appid: string
  readonly disabled: boolean
}

interface MendDraft {
  /** Empty: as it was. */
  readonly category: string
  readonly feedback: string
  readonly media: readonly Media[]
}

const nothing: MendDraft = { category: '', feedback: '', media: [] }

/** Submits a group that was rejected for one reason again, with another category, a word to the reviewer, pictures. */
export const MendButton = ({ rolloutId, reason, count, appid, disabled }: MendButtonProps) => {
  const texts = useTexts(rolloutToolTexts)
  const retry = useAction('rollouts.retry')
  const [isOpen, setOpen] = useState(false)
  const [draft, setDraft] = useState(nothing)
  const { data, problem } = useOperation('releases.categories', isOpen ? { appid } : undefined)
  const categories = data ? readCategories(data.categories) : []
  const change = (part: Partial<MendDraft>): void => setDraft((before) => ({ ...before, ...part }))
  return (
    <ConfirmButton
      size="small"
      title={texts.mendTitle}
      action={retry}
      disabled={disabled}
      onOpen={() => {
        setDraft(nothing)
        setOpen(true)
      }}
      onConfirm={async () => {
        const chosen = categories.find(({ key }) => key === draft.category)
        const feedback = draft.feedback.trim()
        const answer = await retry.run({
          rolloutId,
          states: ['rejected'],
          reason,
          ...(chosen && { items: [chosen.item] }),
          ...(feedback !== '' && { feedback }),
          ...(draft.media.length > 0 && { previewInfo: { pic_id_list: draft.media.map(({ mediaId }) => mediaId) } }),
        })
        if (answer) toast(texts.mended)
        return answer !== undefined
      }}
      consequence={
        <div className="stack">
          <p>{texts.mendWords(count)}</p>
          {problem ? (
            <p className="fine">{texts.noCategories}</p>
          ) : (
            <ChoiceField
              label={texts.category}
              hint={texts.categoryHint}
              value={draft.category}
              onChange={(category) => change({ category })}
              choices={[
                { value: '', label: texts.keepCategory },
                ...categories.map(({ key, name }) => ({ value: key, label: name })),
              ]}
            />
          )}
          <TextAreaField
            label={texts.feedback}
            value={draft.feedback}
            onChange={(feedback) => change({ feedback })}
            optional
          />
          <MediaField appid={appid} media={draft.media} onChange={(media) => change({ media })} />
        </div>
      }
    >
      {texts.mend}
    </ConfirmButton>
  )
}
