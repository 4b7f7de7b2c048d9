import type { Delivery } from '../../../../client/src/client.ts'
import { StateTag } from '../../parts/mark.tsx'
import { Modal } from '../../parts/modal.tsx'
import { Facts } from '../../parts/panel.tsx'
import { Quoted } from '../../parts/quoted.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { eventsTexts } from '../../text/events.ts'
import { useLanguage, useTexts } from '../../text/language.ts'
import { tellInConsole } from '../../text/told.ts'
import { useEventWords } from './event-columns.tsx'

interface DeliveryDetailsProps {
  readonly delivery: Delivery | undefined
  readonly onClose: () => void
}

/** Everything that is kept of one delivery: where it went, what was answered and what is sent are told to owners only. */
export const DeliveryDetails = ({ delivery, onClose }: DeliveryDetailsProps) => {
  const texts = useTexts(eventsTexts)
  const { language } = useLanguage()
  const wordsOf = useEventWords()
  if (!delivery) return null
  const { deliveryId, type, appid, state, attempts, createdAt, dueAt, endedAt, lastError } = delivery
  const { url, httpStatus, durationMs, answer, body } = delivery
  return (
    <Modal open place="side" title={wordsOf(type)} onClose={onClose}>
      <Facts
        facts={[
          [texts.type, <Mono key="type">{type}</Mono>],
          [texts.state, <StateTag key="state" state={state} />],
          [texts.merchant, appid === undefined ? texts.platformItself : <Mono>{appid}</Mono>],
          [texts.created, <TimeText key="created" value={createdAt} />],
          [texts.nextTry, dueAt && <TimeText value={dueAt} />],
          [texts.ended, endedAt && <TimeText value={endedAt} />],
          [texts.result, attempts > 0 ? texts.tried(attempts) : undefined],
          [texts.why, lastError && tellInConsole(lastError, language).message],
          [texts.address, url && <Mono>{url}</Mono>],
          [texts.status, httpStatus],
          [texts.duration, durationMs === undefined ? undefined : texts.milliseconds(durationMs)],
          [texts.deliveryId, <Mono key="id">{deliveryId}</Mono>],
        ]}
      />
      {answer !== undefined && <Quoted title={texts.answer} text={answer} copyLabel={texts.copy} />}
      {body !== undefined && <Quoted title={texts.body} text={body} copyLabel={texts.copy} />}
    </Modal>
  )
}

const Mono = ({ children }: { readonly children: string }) => <span className="mono">{children}</span>
