import { useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { platformDomainTexts } from '../../text/platform-domains.ts'
import { domainKinds, type DomainKind } from './domain-kinds.ts'
import { DomainScope, type Scope } from './domain-scope.tsx'

export const DeleteDomain = ({ kind, domain }: { readonly kind: DomainKind; readonly domain: string }) => {
  const texts = useTexts(platformDomainTexts)
  const change = useAction(domainKinds[kind])
  const [scope, setScope] = useState<Scope>('both')
  return (
    <ConfirmButton
      size="small"
      variant="text"
      danger
      title={texts.removeTitle(domain)}
      consequence={
        <div className="stack">
          <p>{texts.removeConsequence}</p>
          <DomainScope value={scope} onChange={setScope} />
        </div>
      }
      action={change}
      onConfirm={async () => {
        const answer = await change.run({ action: 'delete', domains: [domain], scope })
        if (answer) toast(texts.removed(domain))
        return answer !== undefined
      }}
    >
      {texts.remove}
    </ConfirmButton>
  )
}
