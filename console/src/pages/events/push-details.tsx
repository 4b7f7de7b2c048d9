import { CopyButton } from '../../parts/copy-button.tsx'
import { Facts } from '../../parts/facts.tsx'
import { Modal } from '../../parts/modal.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { eventsTexts } from '../../text/events.ts'
import { useTexts } from '../../text/language.ts'
import { useEventWords } from './event-words.ts'
import type { Push } from './push-columns.tsx'

/** Everything that is kept of one push. */
export const PushDetails = ({ push, onClose }: { readonly push: Push | undefined; readonly onClose: () => void }) => {
  const texts = useTexts(eventsTexts)
  const wordsOf = useEventWords()
  if (!push) return null
  const { id, type, appid, state, attempts, createdAt, receivedAt, fields } = push
  const contents = JSON.stringify(fields, undefined, 2)
  return (
    <Modal open place="side" title={wordsOf(type)} onClose={onClose}>
      <Facts
        facts={[
          [
            texts.type,
            <span key="type" className="mono">
              {type}
            </span>,
          ],
          [texts.state, <StateTag key="state" state={state} />],
          [texts.merchant, appid === undefined ? texts.platformItself : <span className="mono">{appid}</span>],
          [texts.sent, <TimeText key="sent" value={createdAt} />],
          [texts.received, <TimeText key="received" value={receivedAt} />],
          [
            texts.pushId,
            <span key="id" className="mono">
              {id}
            </span>,
          ],
          [texts.result, attempts > 0 ? texts.attempts(attempts) : undefined],
        ]}
      />
      <div className="row apart">
        <strong>{texts.contents}</strong>
        <CopyButton value={contents} label={texts.copy} />
      </div>
      <pre>{contents}</pre>
    </Modal>
  )
}
