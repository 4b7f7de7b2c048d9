import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import { Link } from 'wouter'
import RocketIcon from 'tdesign-icons-react/esm/components/rocket.js'
import { useOperation } from '../../api/use-operation.ts'
import { ErrorNotice } from '../../parts/notice.tsx'
import { LinkButton } from '../../parts/button.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { ProblemList } from '../../parts/problem-list.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { overviewTexts } from '../../text/overview.ts'
import { Health } from './health.tsx'
import { Today } from './today.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Panel } from '../../parts/panel.tsx'
import { ProgressBar } from '../../parts/progress-bar.tsx'
import { StateTag } from '../../parts/mark.tsx'
import { type Rollout, waveCountOf } from '../rollouts/item-states.ts'
import './overview.css'

export const OverviewPage = () => {
  const texts = useTexts(overviewTexts)
  const { data, problem, reload } = useOperation('platform.status', {})
  return (
    <div className="stack">
      <PageHeader
        title={texts.title}
        actions={
          <>
            <LinkButton href="/rollouts/new">{texts.newRollout}</LinkButton>
            <LinkButton href="/merchants?invite=1" primary icon={<AddIcon aria-hidden />}>
              {texts.invite}
            </LinkButton>
          </>
        }
      />
      <ErrorNotice problem={problem} onRetry={reload} />
      {data ? <Health status={data} /> : !problem && <Waiting lines={3} />}
      <div className="overview-columns">
        <div className="stack">
          {data && <ProblemList problems={data.problems} />}
          <RunningRollouts />
        </div>
        <Today />
      </div>
    </div>
  )
}

const isUnderWay = ({ state }: Rollout): boolean => state !== 'completed' && state !== 'cancelled'

const RunningRollouts = () => {
  const texts = useTexts(overviewTexts)
  const { data, problem, reload } = useOperation('rollouts.list', { limit: 20 })
  const running = data?.items.filter(isUnderWay)
  return (
    <Panel title={texts.rollouts} actions={<Link href="/rollouts">{texts.allRollouts}</Link>} flush>
      <div className="table-notice" hidden={!problem}>
        <ErrorNotice problem={problem} onRetry={reload} />
      </div>
      {!running && !problem && <Waiting />}
      {running?.length === 0 && (
        <EmptyState
          title={texts.noRollouts}
          icon={<RocketIcon />}
          action={<LinkButton href="/rollouts/new">{texts.newRollout}</LinkButton>}
        >
          {texts.noRolloutsHint}
        </EmptyState>
      )}
      {running && running.length > 0 && (
        <ul className="running-list">
          {running.map((rollout) => (
            <RolloutItem key={rollout.rolloutId} rollout={rollout} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

const RolloutItem = ({ rollout }: { readonly rollout: Rollout }) => {
  const texts = useTexts(overviewTexts)
  const { rolloutId, name, version, state, wave, progress } = rollout
  return (
    <li>
      <div className="row apart">
        <span className="row">
          <Link href={`/rollouts/${rolloutId}`}>{name}</Link>
          <StateTag state={state} />
        </span>
        <span className="fine numbers">
          {version} · {texts.wave(wave, waveCountOf(rollout))} · {Math.round(progress * 100)}%
        </span>
      </div>
      <ProgressBar value={progress} label={name} />
    </li>
  )
}
