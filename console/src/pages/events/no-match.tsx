import { Button } from '../../parts/button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { eventsTexts } from '../../text/events.ts'
import { useTexts } from '../../text/language.ts'

export const NoMatch = ({ onClear }: { readonly onClear: () => void }) => {
  const texts = useTexts(eventsTexts)
  return (
    <EmptyState
      title={texts.noMatch}
      action={
        <Button variant="outline" onClick={onClear}>
          {texts.clear}
        </Button>
      }
    />
  )
}
