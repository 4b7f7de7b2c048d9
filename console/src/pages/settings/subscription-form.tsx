import { useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { ErrorNotice } from '../../parts/notice.tsx'
import { ChoiceField, TextField } from '../../parts/fields.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { subscriptionTexts } from '../../text/subscriptions.ts'
import { FormModal } from './form-modal.tsx'
import { isWebAddress } from './wrongs.ts'
import type { DataOf } from '../../api/call.ts'

interface SubscriptionFormProps {
  /** `undefined`: a new one. */
  readonly subscription: Subscription | undefined
  readonly onClose: () => void
  readonly onSecret: (secret: string) => void
}

export const SubscriptionForm = ({ subscription, onClose, onSecret }: SubscriptionFormProps) => {
  const texts = useTexts(subscriptionTexts)
  const put = useAction('subscriptions.put')
  const match = subscription?.match ?? {}
  const [url, setUrl] = useState(subscription?.url ?? '')
  const [choice, setChoice] = useState<MatchChoice>(choiceOf(match.type))
  const [type, setType] = useState(match.type ?? '')
  const [appid, setAppid] = useState(match.appid ?? '')
  const [infoType, setInfoType] = useState(match.infoType ?? '')
  const [event, setEvent] = useState(match.event ?? '')
  const [isTried, setIsTried] = useState(false)
  const isWrong = !isWebAddress(url.trim())
  const narrowed = [match.appid, match.infoType, match.event].some(Boolean)
  const save = async (): Promise<void> => {
    setIsTried(true)
    if (isWrong) return
    const answer = await put.run({
      ...(subscription && { subscriptionId: subscription.subscriptionId }),
      url: url.trim(),
      match: {
        type: patternOf(choice, type),
        appid: appid.trim() || undefined,
        infoType: infoType.trim() || undefined,
        event: event.trim() || undefined,
      },
    })
    if (!answer) return
    onClose()
    if (answer.secret === undefined) toast(texts.saved)
    else onSecret(answer.secret)
  }
  return (
    <FormModal
      title={subscription ? texts.editTitle : texts.newTitle}
      submit={subscription ? texts.save : texts.create}
      ready={url.trim() !== '' && (choice !== 'custom' || type.trim() !== '')}
      action={put}
      onSubmit={save}
      onClose={onClose}
    >
      <TextField
        label={texts.url}
        hint={texts.urlHint}
        error={isTried && isWrong ? texts.notUrl : undefined}
        type="url"
        placeholder="https://shop.example.com/wechat-events"
        value={url}
        onChange={setUrl}
        mono
      />
      <ChoiceField<MatchChoice>
        label={texts.which}
        value={choice}
        onChange={setChoice}
        choices={matchChoices.map((value) => ({ value, label: texts[value] }))}
      />
      {choice === 'custom' && (
        <TextField label={texts.type} hint={texts.typeHint} value={type} onChange={setType} mono />
      )}
      <details open={narrowed}>
        <summary>{texts.narrow}</summary>
        <div className="stack narrowing">
          <TextField label={texts.appid} hint={texts.patternHint} value={appid} onChange={setAppid} optional mono />
          <TextField
            label={texts.infoType}
            hint={texts.patternHint}
            value={infoType}
            onChange={setInfoType}
            optional
            mono
          />
          <TextField label={texts.event} hint={texts.patternHint} value={event} onChange={setEvent} optional mono />
        </div>
      </details>
      <ErrorNotice problem={put.problem} />
    </FormModal>
  )
}

export type Subscription = DataOf<'subscriptions.list'>['items'][number]
type Match = Subscription['match']

/** What most want, by the pattern of the type. */
const patterns = {
  everything: undefined,
  releases: 'release.*',
  bindings: 'binding.*',
  rollouts: 'rollout.*',
  problems: 'problem.*',
  pushes: 'wechat.*',
} as const

type MatchChoice = keyof typeof patterns | 'custom'

const matchChoices: readonly MatchChoice[] = [
  'everything',
  'releases',
  'bindings',
  'rollouts',
  'problems',
  'pushes',
  'custom',
]

const choiceOf = (type: string | undefined): MatchChoice =>
  matchChoices.find((choice) => choice !== 'custom' && patterns[choice] === type) ?? 'custom'

const patternOf = (choice: MatchChoice, custom: string): string | undefined =>
  choice === 'custom' ? custom.trim() || undefined : patterns[choice]

/** What a subscription gets, in a line. */
export const useMatchWords = (): ((match: Match) => string) => {
  const texts = useTexts(subscriptionTexts)
  return ({ type, infoType, event, appid }) => {
    const choice = choiceOf(type)
    return [
      choice === 'everything' ? texts.all : choice === 'custom' ? type : texts[choice],
      infoType && `InfoType ${infoType}`,
      event && `Event ${event}`,
      appid && texts.onlyMerchant(appid),
    ]
      .filter(Boolean)
      .join(' · ')
  }
}
