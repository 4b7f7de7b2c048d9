import type { DataOf } from '../../api/call.ts'
import { useForm } from '../../api/use-form.ts'
import { ChoiceField, TextField } from '../../parts/fields.tsx'
import { FormModal } from '../../parts/form.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { subscriptionTexts } from '../../text/subscriptions.ts'

interface SubscriptionFormProps {
  /** `undefined`: a new one. */
  readonly subscription: Subscription | undefined
  readonly onClose: () => void
  readonly onSecret: (secret: string) => void
}

export const SubscriptionForm = ({ subscription, onClose, onSecret }: SubscriptionFormProps) => {
  const texts = useTexts(subscriptionTexts)
  const { url = '', match = {} } = subscription ?? {}
  const { type = '', appid = '', infoType = '', event = '' } = match
  const form = useForm('subscriptions.put', {
    begin: { url, choice: choiceOf(match.type), type, appid, infoType, event },
    input: (values) => ({
      ...(subscription && { subscriptionId: subscription.subscriptionId }),
      url: values.url.trim(),
      match: {
        type: values.choice === 'custom' ? values.type.trim() : patterns[values.choice],
        appid: values.appid.trim() || undefined,
        infoType: values.infoType.trim() || undefined,
        event: values.event.trim() || undefined,
      },
    }),
    onDone: ({ secret }) => {
      onClose()
      if (secret === undefined) toast(texts.saved)
      else onSecret(secret)
    },
  })
  const { values, field } = form
  return (
    <FormModal
      title={subscription ? texts.editTitle : texts.newTitle}
      submit={subscription ? texts.save : texts.create}
      form={form}
      onClose={onClose}
    >
      <TextField
        label={texts.url}
        hint={texts.urlHint}
        type="url"
        placeholder="https://shop.example.com/wechat-events"
        {...field('url')}
        mono
      />
      <ChoiceField
        label={texts.which}
        {...field('choice')}
        choices={matchChoices.map((value) => ({ value, label: texts[value] }))}
      />
      {values.choice === 'custom' && <TextField label={texts.type} hint={texts.typeHint} {...field('type')} mono />}
      <details open={appid + infoType + event !== ''}>
        <summary>{texts.narrow}</summary>
        <div className="stack narrowing">
          <TextField label={texts.appid} hint={texts.patternHint} {...field('appid')} optional mono />
          <TextField label={texts.infoType} hint={texts.patternHint} {...field('infoType')} optional mono />
          <TextField label={texts.event} hint={texts.patternHint} {...field('event')} optional mono />
        </div>
      </details>
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
