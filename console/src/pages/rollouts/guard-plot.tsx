import { guardTexts } from '../../text/guard.ts'
import { useTexts } from '../../text/language.ts'
import type { Rollout } from './item-states.ts'

type Judgement = NonNullable<Rollout['guard']>['history'][number]

const WIDTH = 320
const HEIGHT = 80
const EDGE = 8

/** Both versions' shares of users with errors, judging by judging. */
export const GuardPlot = ({ history }: { readonly history: readonly Judgement[] }) => {
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
