import { Facts, Panel } from '../../parts/panel.tsx'
import { Mark } from '../../parts/mark.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { guardTexts } from '../../text/rollouts.ts'
import { useTexts } from '../../text/language.ts'
import { GuardForm } from './guard-form.tsx'
import { isOpen, type Rollout } from './item-states.ts'
import { OperationButton } from '../../parts/confirm-button.tsx'

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
  return (
    <OperationButton
      operation="rollouts.setGuard"
      input={{ rolloutId, guard: null }}
      size="small"
      title={texts.offTitle}
      consequence={texts.offWords}
      done={texts.offDone}
    >
      {texts.off}
    </OperationButton>
  )
}

type Judgement = NonNullable<Rollout['guard']>['history'][number]

const WIDTH = 320
const HEIGHT = 80
const EDGE = 8

/** Both versions' shares of users with errors, judging by judging. */
const GuardPlot = ({ history }: { readonly history: readonly Judgement[] }) => {
  const texts = useTexts(guardTexts)
  const shown = history.filter(({ share }) => share !== undefined)
  const most = Math.max(...shown.flatMap(({ share = 0, formerShare = 0 }) => [share, formerShare]))
  if (shown.length === 0 || most <= 0) return null
  const xOf = (index: number): number =>
    shown.length === 1 ? WIDTH / 2 : EDGE + (index * (WIDTH - 2 * EDGE)) / (shown.length - 1)
  const yOf = (share = 0): number => HEIGHT - EDGE - (share / most) * (HEIGHT - 2 * EDGE)
  const lines = (['share', 'formerShare'] as const).map((name) => ({
    name,
    points: shown.map((judgement, index) => ({ x: xOf(index), y: yOf(judgement[name]), ...judgement })),
  }))
  return (
    <figure className="guard-plot">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={texts.plot}>
        {lines.map(({ name, points }) => (
          <g key={name} className={name}>
            <polyline points={points.map(({ x, y }) => `${x},${y}`).join(' ')} />
            {points.map(({ x, y, at, wave, ...both }) => (
              <circle key={at} cx={x} cy={y} r={3}>
                <title>{`${texts.waveOf(wave)} · ${(both[name] ?? 0).toFixed(2)}%`}</title>
              </circle>
            ))}
          </g>
        ))}
      </svg>
      <figcaption className="fine">
        <span className="share">● {texts.now}</span> <span className="formerShare">● {texts.former}</span> ·{' '}
        {texts.plot}
      </figcaption>
    </figure>
  )
}
