import { Link } from 'wouter'
import { useOperation } from '../../api/use-operation.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorNotice, Notice, ProblemWords } from '../../parts/notice.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { StateTag } from '../../parts/mark.tsx'
import { useSearchValue } from '../../parts/filters.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { rolloutsTexts } from '../../text/rollouts.ts'
import { GuardPanel } from './guard-panel.tsx'
import { isItemState, type Rollout } from './item-states.ts'
import { Rejections } from './rejections.tsx'
import { RolloutActions } from './rollout-actions.tsx'
import { RolloutItems } from './rollout-items.tsx'
import { RolloutProgress, RolloutWaves } from './rollout-progress.tsx'
import { TrialCodes } from './trial-codes.tsx'
import './rollouts.css'
import './rollout.css'

export const RolloutPage = ({ rolloutId }: { readonly rolloutId: string }) => {
  const texts = useTexts(rolloutsTexts)
  const { data, problem, reload } = useOperation('rollouts.get', { rolloutId })
  const back = { href: '/rollouts', label: texts.back }
  if (data)
    return (
      <div className="stack">
        <PageHeader
          title={data.name}
          back={back}
          beside={<StateTag state={data.state} />}
          actions={<RolloutActions rollout={data} />}
        >
          {texts.versionOf(data.version, data.templateId)} · {data.description}
        </PageHeader>
        <ErrorNotice problem={problem} onRetry={reload} />
        <Standing rollout={data} />
      </div>
    )
  return (
    <div className="stack">
      <PageHeader title={texts.title} back={back} />
      {!problem && <Waiting lines={6} />}
      {problem?.code === 'NOT_FOUND' ? (
        <EmptyState title={texts.notFound} action={<Link href="/rollouts">{texts.toList}</Link>} />
      ) : (
        <ErrorNotice problem={problem} onRetry={reload} />
      )}
    </div>
  )
}

const Standing = ({ rollout }: { readonly rollout: Rollout }) => {
  const [given, setState] = useSearchValue('state')
  const [reason, setReason] = useSearchValue('reason')
  const [query, setQuery] = useSearchValue('query')
  const state = isItemState(given) ? given : undefined
  const show = (chosen: string, why: string): void => {
    setState(chosen)
    setReason(why)
  }
  return (
    <>
      <StandingProblem problem={rollout.problem} />
      <RolloutProgress rollout={rollout} state={state} onState={(chosen) => show(chosen ?? '', '')} />
      <RolloutWaves rollout={rollout} />
      <GuardPanel rollout={rollout} />
      <Rejections rollout={rollout} shown={reason} onShow={(why) => show('rejected', why)} />
      <TrialCodes rollout={rollout} />
      <RolloutItems
        rollout={rollout}
        state={state}
        reason={reason}
        query={query}
        onQuery={setQuery}
        onShowAll={() => {
          show('', '')
          setQuery('')
        }}
      />
    </>
  )
}

/** Why the rollout stands still, and the cure. */
const StandingProblem = ({ problem }: { readonly problem: Rollout['problem'] }) =>
  problem ? (
    <Notice tone="warn">
      <ProblemWords problem={problem} />
    </Notice>
  ) : null
