import { Link } from 'wouter'
import type { Column } from '../../parts/data-table.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { countOf, totalOf, waveCountOf, type Rollout } from './item-states.ts'
import { NextWords } from './next-words.tsx'
import { StatesBar } from './states-bar.tsx'

export const useRolloutColumns = (): readonly Column<Rollout>[] => {
  const texts = useTexts(rolloutsTexts)
  return [
    {
      key: 'name',
      title: texts.name,
      isName: true,
      cell: ({ rolloutId, name, version, templateId }) => (
        <div className="rollout-name">
          <Link href={`/rollouts/${rolloutId}`}>{name}</Link>
          <div className="fine">{texts.versionOf(version, templateId)}</div>
        </div>
      ),
    },
    { key: 'state', title: texts.state, cell: ({ state }) => <StateTag state={state} /> },
    {
      key: 'progress',
      title: texts.progress,
      cell: (rollout) => (
        <div className="rollout-progress">
          <StatesBar rollout={rollout} thin />
          <div className="fine numbers">
            {texts.doneOf(countOf(rollout, 'released'), totalOf(rollout))}
            {' · '}
            {texts.waveOf(rollout.wave, waveCountOf(rollout))}
          </div>
        </div>
      ),
    },
    { key: 'next', title: texts.next, cell: (rollout) => <NextWords rollout={rollout} /> },
    {
      key: 'started',
      title: texts.started,
      cell: ({ startAt, startedAt = startAt }) => startedAt && <TimeText value={startedAt} />,
    },
  ]
}
