import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import { useOperation } from '../../api/use-operation.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { LinkButton } from '../../parts/link-button.tsx'
import { PageHeader } from '../../parts/page-header.tsx'
import { ProblemList } from '../../parts/problem-list.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { overviewTexts } from '../../text/overview.ts'
import { Health } from './health.tsx'
import { RunningRollouts } from './running-rollouts.tsx'
import { Today } from './today.tsx'
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
