import { CopyButton } from '../../parts/copy-button.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Modal } from '../../parts/modal.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { activityTexts } from '../../text/activity.ts'
import { useTexts } from '../../text/language.ts'
import { Outcome, useEntryWords, type Entry } from './activity-words.tsx'

interface ActivityDetailsProps {
  readonly entry: Entry
  readonly who: string
  readonly onClose: () => void
}

const mono = (words: string) => <span className="mono">{words}</span>

/** Everything that is kept of one entry. */
export const ActivityDetails = ({ entry, who, onClose }: ActivityDetailsProps) => {
  const texts = useTexts(activityTexts)
  const wordsOf = useEntryWords()
  const { id, identity, operation, appid, input, startedAt, endedAt } = entry
  const contents = JSON.stringify(input, undefined, 2)
  return (
    <Modal open place="side" title={wordsOf(entry)} onClose={onClose}>
      <Facts
        facts={[
          [texts.outcome, <Outcome key="outcome" entry={entry} />],
          [texts.who, who],
          [texts.identity, mono(identity)],
          [texts.operation, mono(operation)],
          [texts.merchant, appid && mono(appid)],
          [texts.when, <TimeText key="when" value={startedAt} />],
          [texts.ended, endedAt && <TimeText value={endedAt} />],
          [texts.id, mono(id)],
        ]}
      />
      <div className="row apart">
        <strong>{texts.input}</strong>
        <CopyButton value={contents} label={texts.copyInput} />
      </div>
      <pre>{contents}</pre>
    </Modal>
  )
}
