import CheckCircleFilledIcon from 'tdesign-icons-react/esm/components/check-circle-filled.js'
import type { DataOf } from '../../api/call.ts'
import { useOperation } from '../../api/use-operation.ts'
import { LinkButton } from '../../parts/button.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useLanguage, useTexts } from '../../text/language.ts'
import { healthTexts } from '../../text/settings.ts'
import { lengthOf } from '../../text/times.ts'

export type Status = DataOf<'platform.status'>

/** WeChat pushes one every 10 minutes. */
const LATE_SECONDS = 30 * 60

interface Step {
  readonly title: string
  /** `undefined`: could not be read, or not yet. */
  readonly isDone: boolean | undefined
  readonly doneWords: string
  readonly todoWords: string
  readonly action?: { readonly href: string; readonly words: string }
  readonly isOptional?: boolean
}

/** What has to be there before merchants can be served; each step leads to the place where it is done. */
export const Checklist = ({ status }: { readonly status: Status }) => {
  const texts = useTexts(healthTexts)
  const steps = useSteps(status)
  const done = steps.filter(({ isDone }) => isDone === true).length
  return (
    <Panel title={texts.checklist} note={texts.progress(done, steps.length)} flush>
      <ol className="checklist">
        {steps.map((step) => (
          <StepItem key={step.title} step={step} />
        ))}
      </ol>
    </Panel>
  )
}

const useSteps = ({ ticket, componentToken, authorizers }: Status): readonly Step[] => {
  const texts = useTexts(healthTexts)
  const { language } = useLanguage()
  const templates = useOperation('templates.list', {}).data?.items.length
  const owners = useOperation('admins.list', { limit: 100 }).data?.items.filter(({ role }) => role === 'owner').length
  const subscriptions = useOperation('subscriptions.list', { limit: 50 }).data?.items.length
  const { ageSeconds } = ticket
  return [
    {
      title: texts.ticket,
      isDone: ageSeconds !== null && ageSeconds <= LATE_SECONDS,
      doneWords: texts.ticketDone(lengthOf(ageSeconds ?? 0, language)),
      todoWords: texts.ticketTodo,
      action: { href: '/settings/wechat', words: texts.ticketDo },
    },
    {
      title: texts.token,
      isDone: componentToken.expiresAt !== null && Date.parse(componentToken.expiresAt) > Date.now(),
      doneWords: texts.tokenDone,
      todoWords: texts.tokenTodo,
    },
    {
      title: texts.template,
      isDone: templates === undefined ? undefined : templates > 0,
      doneWords: texts.templateDone,
      todoWords: texts.templateTodo,
      action: { href: '/templates', words: texts.templateDo },
    },
    {
      title: texts.merchant,
      isDone: authorizers.active > 0,
      doneWords: texts.merchantDone(authorizers.active),
      todoWords: texts.merchantTodo,
      action: { href: '/merchants?invite=1', words: texts.merchantDo },
    },
    {
      title: texts.owner,
      isDone: owners === undefined ? undefined : owners > 1,
      doneWords: texts.ownerDone,
      todoWords: texts.ownerTodo,
      action: { href: '/settings/people', words: texts.ownerDo },
    },
    {
      title: texts.subscription,
      isDone: subscriptions === undefined ? undefined : subscriptions > 0,
      doneWords: texts.subscriptionDone(subscriptions ?? 0),
      todoWords: texts.subscriptionTodo,
      action: { href: '/settings/subscriptions', words: texts.subscriptionDo },
      isOptional: true,
    },
  ]
}

const StepItem = ({ step }: { readonly step: Step }) => {
  const texts = useTexts(healthTexts)
  const { title, isDone, doneWords, todoWords, action, isOptional = false } = step
  return (
    <li className={isDone === true ? 'done' : undefined}>
      <span className="check-mark">
        {isDone === true ? <CheckCircleFilledIcon size="20px" aria-hidden /> : <span className="check-ring" />}
        <span className="unseen">{isDone === undefined ? texts.unknown : isDone ? texts.done : texts.todo}</span>
      </span>
      <div className="check-words">
        <p>
          {title}
          {isOptional && <span className="fine"> {texts.optional}</span>}
        </p>
        <p className="soft">{isDone === undefined ? texts.unknown : isDone ? doneWords : todoWords}</p>
      </div>
      {isDone === false && action && (
        <LinkButton href={action.href} size="small">
          {action.words}
        </LinkButton>
      )}
    </li>
  )
}
