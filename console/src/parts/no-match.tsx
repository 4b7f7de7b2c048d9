import { Button } from './button.tsx'
import { EmptyState } from './empty-state.tsx'
import { partTexts } from '../text/parts.ts'
import { useTexts } from '../text/language.ts'

export const NoMatch = ({ onClear }: { readonly onClear: () => void }) => {
  const texts = useTexts(partTexts)
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
