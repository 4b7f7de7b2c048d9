import { useState } from 'react'
import { NO_REASON } from '../../../../shared/domain/releases/rejection-reasons.ts'
import { useMerchantNames } from '../../api/use-merchant-names.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Button } from '../../parts/button.tsx'
import { ExportButton } from '../../parts/export-button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Panel } from '../../parts/panel.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts, rolloutToolTexts } from '../../text/rollouts.ts'
import { saveRejections } from './exports.ts'
import { countOf, type Rollout } from './item-states.ts'
import { ChoiceField, TextAreaField } from '../../parts/fields.tsx'
import { readCategories } from '../../wechat/review.ts'
import { type Media, MediaField } from '../releases/media-field.tsx'
import { useForm } from '../../api/use-form.ts'
import { ConfirmButton, OperationButton } from '../../parts/confirm-button.tsx'

interface RejectionsProps {
  readonly rollout: Rollout
  /** The reason whose merchants are shown below. */
  readonly shown: string
  readonly onShow: (reason: string) => void
}

/** Merchants of a group that are named. */
const NAMED = 5

/** What reviewers said, with those they said it to: one fix may serve a whole group. */
export const Rejections = ({ rollout, shown, onShow }: RejectionsProps) => {
  const texts = useTexts(rolloutsTexts)
  const tools = useTexts(rolloutToolTexts)
  const { rolloutId } = rollout
  const isNeeded = countOf(rollout, 'rejected') > 0
  const { data, problem, reload } = useOperation('rollouts.rejections', isNeeded ? { rolloutId } : undefined)
  const groups = data?.items ?? []
  const names = useMerchantNames(groups.flatMap(({ appids }) => appids.slice(0, NAMED)))
  if (!isNeeded || (groups.length === 0 && !problem)) return null
  return (
    <Panel
      title={texts.rejections}
      note={texts.rejectionsNote}
      actions={
        <ExportButton make={(client) => saveRejections(client, rollout, groups, tools)}>
          {tools.exportRejections}
        </ExportButton>
      }
      flush
    >
      {problem && (
        <div className="table-notice">
          <ErrorNotice problem={problem} onRetry={reload} />
        </div>
      )}
      <ul className="rejection-list">
        {groups.map(({ reason, count, appids }) => (
          <li key={reason}>
            <p className="rejection-reason">
              <Mark tone="bad">{texts.rejectedCount(count)}</Mark>
              <span>{reason === NO_REASON ? texts.noReason : reason}</span>
            </p>
            {appids.length > 0 && (
              <p className="fine">
                {texts.namesOf(
                  appids.slice(0, NAMED).map((appid) => names.get(appid) || appid),
                  count,
                )}
              </p>
            )}
            <div className="row">
              <OperationButton
                operation="rollouts.retry"
                input={{ rolloutId, states: ['rejected'], reason }}
                size="small"
                title={texts.resubmitTitle}
                consequence={texts.resubmitWords(count)}
                done={texts.retried}
                disabled={rollout.state === 'cancelled'}
              >
                {texts.resubmit}
              </OperationButton>
              {appids[0] !== undefined && (
                <MendButton
                  rolloutId={rolloutId}
                  reason={reason}
                  count={count}
                  appid={appids[0]}
                  disabled={rollout.state === 'cancelled'}
                />
              )}
              <Button size="small" variant="text" disabled={shown === reason} onClick={() => onShow(reason)}>
                {texts.showThese}
              </Button>
            </div>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

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
const MendButton = ({ rolloutId, reason, count, appid, disabled }: MendButtonProps) => {
  const texts = useTexts(rolloutToolTexts)
  const [isOpen, setOpen] = useState(false)
  const { data, problem } = useOperation('releases.categories', isOpen ? { appid } : undefined)
  const categories = data ? readCategories(data.categories) : []
  const { action, values, change, field, reset, send } = useForm('rollouts.retry', {
    begin: nothing,
    input: ({ category, feedback, media }) => {
      const items = categories.filter(({ key }) => key === category).map(({ item }) => item)
      return {
        rolloutId,
        states: ['rejected'],
        reason,
        feedback: feedback.trim() || undefined,
        ...(items.length > 0 && { items }),
        ...(media.length > 0 && { previewInfo: { pic_id_list: media.map(({ mediaId }) => mediaId) } }),
      }
    },
    onDone: () => toast(texts.mended),
  })
  return (
    <ConfirmButton
      size="small"
      title={texts.mendTitle}
      action={action}
      disabled={disabled}
      onOpen={() => {
        reset()
        setOpen(true)
      }}
      onConfirm={send}
      consequence={
        <div className="stack">
          <p>{texts.mendWords(count)}</p>
          {problem ? (
            <p className="fine">{texts.noCategories}</p>
          ) : (
            <ChoiceField
              label={texts.category}
              hint={texts.categoryHint}
              {...field('category')}
              choices={[
                { value: '', label: texts.keepCategory },
                ...categories.map(({ key, name }) => ({ value: key, label: name })),
              ]}
            />
          )}
          <TextAreaField label={texts.feedback} {...field('feedback')} optional />
          <MediaField appid={appid} media={values.media} onChange={(media) => change({ media })} />
        </div>
      }
    >
      {texts.mend}
    </ConfirmButton>
  )
}
