import CheckCircleFilledIcon from 'tdesign-icons-react/esm/components/check-circle-filled.js'
import ErrorTriangleIcon from 'tdesign-icons-react/esm/components/error-triangle.js'
import { Link, useLocation } from 'wouter'
import type { DataOf } from '../api/call.ts'
import { useMerchantNames } from '../api/use-merchant-names.ts'
import { useLanguage, useTexts } from '../text/language.ts'
import { overviewTexts } from '../text/overview.ts'
import { tellInConsole } from '../text/told.ts'
import { CopyButton, LinkButton } from './button.tsx'
import { Panel } from './panel.tsx'
import { TimeText } from './time-text.tsx'
import { OperationButton } from './confirm-button.tsx'
import './problem-list.css'

type Problem = DataOf<'platform.status'>['problems'][number]

/** What is wrong, what cures it, and the button that leads there. */
export const ProblemList = ({ problems }: { readonly problems: readonly Problem[] }) => {
  const texts = useTexts(overviewTexts)
  const names = useMerchantNames(problems.flatMap(({ appid }) => appid ?? []))
  if (problems.length === 0)
    return (
      <Panel title={texts.problems}>
        <div className="well">
          <CheckCircleFilledIcon size="28px" aria-hidden />
          <div>
            <p>{texts.allWell}</p>
            <p className="soft">{texts.allWellHint}</p>
          </div>
        </div>
      </Panel>
    )
  return (
    <Panel title={texts.problems} note={texts.problemCount(problems.length)} flush>
      <ul className="problem-list">
        {problems.map((problem) => (
          <ProblemItem
            key={problem.problemId}
            problem={problem}
            name={problem.appid === undefined ? undefined : names.get(problem.appid) || problem.appid}
          />
        ))}
      </ul>
    </Panel>
  )
}

const ProblemItem = ({ problem, name }: { readonly problem: Problem; readonly name: string | undefined }) => {
  const texts = useTexts(overviewTexts)
  const { language } = useLanguage()
  const { code, since, appid, params } = problem
  const { message, hint } = tellInConsole(problem, language)
  const inviteUrl = params?.['link']
  return (
    <li>
      <ErrorTriangleIcon size="18px" aria-hidden />
      <div className="problem-words">
        <p>
          {message}
          {appid !== undefined && (
            <>
              {' · '}
              <Link href={`/merchants/${appid}`}>{name}</Link>
            </>
          )}
        </p>
        {hint !== undefined && <p className="soft">{hint}</p>}
        <div className="row apart">
          <span className="fine">
            <span className="mono">{code}</span> · {texts.since} <TimeText value={since} form="ago" />
          </span>
          <span className="row">
            {typeof inviteUrl === 'string' && <CopyButton value={inviteUrl} label={texts.copyInvite} shown />}
            {problem.dismissible === true && <Dismiss problem={problem} message={message} />}
            <Cure problem={problem} />
          </span>
        </div>
      </div>
    </li>
  )
}

const Cure = ({ problem: { code: kind, params, appid } }: { readonly problem: Problem }) => {
  const texts = useTexts(overviewTexts)
  const [here] = useLocation()
  const rolloutId = params?.['rolloutId']
  if (typeof rolloutId === 'string') return <CureLink href={`/rollouts/${rolloutId}`} words={texts.goToRollout} />
  if (kind.startsWith('SUBSCRIPTION'))
    return <CureLink href="/settings/subscriptions" words={texts.goToSubscriptions} />
  if (kind === 'TICKET_OVERDUE' || kind === 'ADDRESS_NOT_ALLOWED')
    return <CureLink href="/settings/wechat" words={texts.goToWechat} />
  if (appid === undefined) return here === '/settings' ? null : <CureLink href="/settings" words={texts.goToDoctor} />
  if (kind === 'REAUTHORIZATION_REQUIRED' || kind === 'AUTHORIZATION_LOST')
    return <CureLink href={`/merchants/${appid}/access`} words={texts.reinvite} />
  return <CureLink href={`/merchants/${appid}`} words={texts.goToMerchant} />
}

/** Of what nothing shows the end of: a person says so. */
const Dismiss = ({ problem: { problemId }, message }: { readonly problem: Problem; readonly message: string }) => {
  const texts = useTexts(overviewTexts)
  return (
    <OperationButton
      operation="problems.dismiss"
      input={{ problemId }}
      size="small"
      variant="text"
      title={texts.dismissTitle}
      consequence={
        <div className="stack tight">
          <p>{message}</p>
          <p>{texts.dismissConsequence}</p>
        </div>
      }
    >
      {texts.dismiss}
    </OperationButton>
  )
}

const CureLink = ({ href, words }: { readonly href: string; readonly words: string }) => (
  <LinkButton href={href} size="small">
    {words}
  </LinkButton>
)
