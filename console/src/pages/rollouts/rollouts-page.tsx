import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import RocketIcon from 'tdesign-icons-react/esm/components/rocket.js'
import { Link } from 'wouter'
import { useList } from '../../api/use-list.ts'
import { Button, LinkButton } from '../../parts/button.tsx'
import { type Column, PagedTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { FilterBar, useSearchValue } from '../../parts/filters.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useTexts } from '../../text/language.ts'
import { reviewTexts } from '../../text/reviews.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { useStateWords } from '../../text/states.ts'
import { countOf, type Rollout, totalOf, waveCountOf } from './item-states.ts'
import { StateTag } from '../../parts/mark.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { NextWords } from './next-step.tsx'
import { StatesBar } from './states-bar.tsx'
import './rollouts.css'

const states = [
  'scheduled',
  'running',
  'resting',
  'awaitingRelease',
  'waitingForQuota',
  'paused',
  'completed',
  'cancelled',
] as const
type State = Rollout['state']

export const RolloutsPage = () => {
  const texts = useTexts(rolloutsTexts)
  const reviews = useTexts(reviewTexts)
  const words = useStateWords()
  const [given, setState] = useSearchValue('state')
  const state = states.find((one) => one === given)
  const columns = useRolloutColumns()
  const list = useList('rollouts.list', state === undefined ? {} : { state })
  return (
    <div className="stack">
      <PageHeader
        title={texts.title}
        actions={
          <>
            <LinkButton href="/reviews">{reviews.toBoard}</LinkButton>
            <LinkButton href="/rollouts/new" primary icon={<AddIcon aria-hidden />}>
              {texts.create}
            </LinkButton>
          </>
        }
      >
        {texts.about}
      </PageHeader>
      <div className="row">
        <FilterBar<State | ''>
          label={texts.filterByList}
          value={state ?? ''}
          choices={[{ value: '', label: texts.all }, ...states.map((one) => ({ value: one, label: words(one) }))]}
          onChange={setState}
        />
      </div>
      <Panel flush>
        <PagedTable
          label={texts.title}
          list={list}
          columns={columns}
          keyOf={({ rolloutId }) => rolloutId}
          empty={
            state === undefined ? (
              <FirstRollout />
            ) : (
              <EmptyState
                title={texts.noMatch}
                action={
                  <Button variant="outline" onClick={() => setState('')}>
                    {texts.clear}
                  </Button>
                }
              />
            )
          }
        />
      </Panel>
    </div>
  )
}

const FirstRollout = () => {
  const texts = useTexts(rolloutsTexts)
  return (
    <EmptyState
      title={texts.none}
      icon={<RocketIcon />}
      action={
        <>
          <LinkButton href="/rollouts/new" primary>
            {texts.create}
          </LinkButton>
          <LinkButton href="/templates">{texts.toTemplates}</LinkButton>
        </>
      }
    >
      {texts.noneHint}
    </EmptyState>
  )
}

const useRolloutColumns = (): readonly Column<Rollout>[] => {
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
