import { useAction } from '../../api/use-action.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Mark } from '../../parts/mark.tsx'
import { Panel } from '../../parts/panel.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { toast } from '../../parts/toast.tsx'
import { guardTexts } from '../../text/guard.ts'
import { useTexts } from '../../text/language.ts'
import { GuardForm } from './guard-form.tsx'
import { GuardPlot } from './guard-plot.tsx'
import { isOpen, type Rollout } from './item-states.ts'

const tones = { watching: 'calm', good: 'good', breached: 'bad', noData: 'warn' } as const

const percent = (share: number): string => `${share.toFixed(2)}%`

/** What the guard of a rollout says, with its figures. */
export const GuardPanel = ({ rollout }: { readonly rollout: Rollout }) => {
  const texts = useTexts(guardTexts)
  const { guard } = rollout
  if (!guard)
    return isOpen(rollout) ? (
      <Panel title={texts.title} actions={<GuardForm rollout={rollout} />}>
        <p className="soft">{texts.unset}</p>
      </Panel>
    ) : null
  const { state, figures, judgedAt, history } = guard
  const words = {
    watching: texts.watchingWords,
    good: texts.goodWords,
    breached: texts.breachedWords,
    noData: texts.noDataWords,
  }
  return (
    <Panel
      title={texts.title}
      actions={
        isOpen(rollout) && (
          <>
            <GuardForm rollout={rollout} />
            <RemoveButton rolloutId={rollout.rolloutId} />
          </>
        )
      }
    >
      <div className="stack">
        <p className="row">
          <Mark tone={tones[state]}>{texts[state]}</Mark>
          <span>{words[state]}</span>
        </p>
        <Facts
          facts={[
            [texts.judgedAt, judgedAt && <TimeText key="judged" value={judgedAt} />],
            [texts.compared, figures && texts.comparedOf(figures.compared, figures.merchants)],
            [texts.users, figures && texts.usersOf(figures.users)],
            [texts.share, figures?.share === undefined ? undefined : percent(figures.share)],
            [texts.formerShare, figures?.formerShare === undefined ? undefined : percent(figures.formerShare)],
            [
              texts.growth,
              figures?.growth === undefined
                ? undefined
                : texts.growthOf(Math.round(figures.growth * 100) / 100, guard.maxErrorGrowth),
            ],
          ]}
        />
        <GuardPlot history={history} />
        {figures && figures.newErrors.length > 0 && (
          <div>
            <strong>{texts.newErrors}</strong>
            <ul>
              {figures.newErrors.map(({ message, users }) => (
                <li key={message}>
                  <span className="mono">{message}</span> <span className="fine">{texts.errorUsers(users)}</span>
                </li>
              ))}
            </ul>
          </div>
        )}
        <p className="fine">
          {[
            texts.ruleThen(guard.then),
            texts.ruleWatch(guard.watchMinutes),
            texts.ruleUsers(guard.minUsers),
            texts.ruleNoData(guard.noDataHours, guard.noData === 'goOn'),
          ].join(' · ')}
        </p>
      </div>
    </Panel>
  )
}

const RemoveButton = ({ rolloutId }: { readonly rolloutId: string }) => {
  const texts = useTexts(guardTexts)
  const action = useAction('rollouts.setGuard')
  return (
    <ConfirmButton
      size="small"
      title={texts.offTitle}
      consequence={texts.offWords}
      action={action}
      onConfirm={async () => {
        const answer = await action.run({ rolloutId, guard: null })
        if (answer) toast(texts.offDone)
        return answer !== undefined
      }}
    >
      {texts.off}
    </ConfirmButton>
  )
}
