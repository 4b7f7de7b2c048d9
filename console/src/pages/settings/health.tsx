import { useSession } from '../../api/session.ts'
import { useOperation } from '../../api/use-operation.ts'
import { CopyButton } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { Facts, Panel } from '../../parts/panel.tsx'
import { ProblemList } from '../../parts/problem-list.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { healthTexts } from '../../text/settings.ts'
import { Checklist, type Status } from './checklist.tsx'

/** What can be said from inside about whether everything works. */
export const Health = () => {
  const { data, problem, reload } = useOperation('platform.status', {})
  return (
    <>
      <ErrorNotice problem={problem} onRetry={reload} />
      {!data && !problem && <Waiting lines={5} />}
      {data && (
        <>
          <ProblemList problems={data.problems} />
          <Checklist status={data} />
          <Standing status={data} />
        </>
      )}
      <CommandLine />
    </>
  )
}

const Standing = ({ status: { ticket, componentToken, queue } }: { readonly status: Status }) => {
  const texts = useTexts(healthTexts)
  const { apiBaseUrl } = useSession()
  return (
    <Panel title={texts.standing}>
      <Facts
        facts={[
          [
            texts.lastTicket,
            ticket.receivedAt === null ? texts.none : <TimeText key="ticket" value={ticket.receivedAt} form="ago" />,
          ],
          [
            texts.tokenUntil,
            componentToken.expiresAt === null ? texts.none : <TimeText key="token" value={componentToken.expiresAt} />,
          ],
          [texts.pushes, queue['unfinishedPushes'] ?? 0],
          [texts.tokens, queue['dueTokens'] ?? 0],
          [
            texts.address,
            <span key="address" className="mono">
              {apiBaseUrl}
            </span>,
          ],
        ]}
      />
    </Panel>
  )
}

const CommandLine = () => {
  const texts = useTexts(healthTexts)
  return (
    <Panel title={texts.deeper}>
      <div className="stack tight">
        <p className="soft">{texts.deeperAbout}</p>
        <Command command="npm run doctor" />
        <p className="soft">{texts.releaseCheck}</p>
        <Command command="npm run doctor -- --release-check" />
      </div>
    </Panel>
  )
}

const Command = ({ command }: { readonly command: string }) => {
  const texts = useTexts(healthTexts)
  return (
    <div className="copy-line">
      <code>{command}</code>
      <CopyButton value={command} label={texts.copyCommand} />
    </div>
  )
}
