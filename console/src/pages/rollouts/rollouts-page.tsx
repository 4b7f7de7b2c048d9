import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import RocketIcon from 'tdesign-icons-react/esm/components/rocket.js'
import { useList } from '../../api/use-list.ts'
import { Button } from '../../parts/button.tsx'
import { PagedTable } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { FilterBar } from '../../parts/filter-bar.tsx'
import { LinkButton } from '../../parts/link-button.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useSearchValue } from '../../parts/use-search-value.ts'
import { useTexts } from '../../text/language.ts'
import { reviewTexts } from '../../text/reviews.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { useStateWords } from '../../text/states.ts'
import type { Rollout } from './item-states.ts'
import { useRolloutColumns } from './rollout-columns.tsx'
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
