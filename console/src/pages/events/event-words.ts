import { eventTypeKey, eventTypeTexts } from '../../text/event-types.ts'
import { isOwnEvent, ownEventTexts } from '../../text/events.ts'
import { useTexts } from '../../text/language.ts'

/** What an event is about, in words; the type itself where there are none. */
export const useEventWords = (): ((type: string) => string) => {
  const words = useTexts(eventTypeTexts)
  const own = useTexts(ownEventTexts)
  return (type) => {
    if (isOwnEvent(type)) return own[type]
    const key = eventTypeKey(type)
    return key === 'other' ? type : words[key]
  }
}
