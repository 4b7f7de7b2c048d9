import { useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { TextAreaField } from '../../parts/fields.tsx'
import { Notice } from '../../parts/notice.tsx'
import { toast } from '../../parts/toast.tsx'
import { tellWrongDomain } from '../../text/domain-flaws.ts'
import { useLanguage, useTexts } from '../../text/language.ts'
import { linesOf } from '../../text/lines.ts'
import { platformDomainTexts } from '../../text/platform-domains.ts'
import { entriesOf, readPlatformDomains, type PlatformDomainLists } from '../../wechat/platform-domains.ts'
import { domainForms, domainKinds, type DomainKind } from './domain-kinds.ts'
import { DomainScope, type Scope } from './domain-scope.tsx'
import { FormModal } from './form-modal.tsx'

interface EditDomainsProps {
  readonly kind: DomainKind
  readonly lists: PlatformDomainLists
}

/** The whole list at once, for those who have it somewhere else. */
export const EditDomains = (props: EditDomainsProps) => {
  const texts = useTexts(platformDomainTexts)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button size="small" variant="outline" theme="default" onClick={() => setIsOpen(true)}>
        {texts.edit}
      </Button>
      {isOpen && <EditForm {...props} onClose={() => setIsOpen(false)} />}
    </>
  )
}

const EditForm = ({ kind, lists, onClose }: EditDomainsProps & { readonly onClose: () => void }) => {
  const texts = useTexts(platformDomainTexts)
  const { language } = useLanguage()
  const change = useAction(domainKinds[kind])
  const [before] = useState(() => entriesOf(lists).map(({ domain }) => domain))
  const [text, setText] = useState(() => before.join('\n'))
  const [scope, setScope] = useState<Scope>('both')
  const [refused, setRefused] = useState<readonly string[]>([])
  const [isTried, setIsTried] = useState(false)
  const domains = linesOf(text)
  const wrong = tellWrongDomain(domains, domainForms[kind], language)
  const adds = domains.filter((domain) => !before.includes(domain))
  const removes = before.filter((domain) => !domains.includes(domain))
  const isChanged = adds.length + removes.length > 0
  const save = async (): Promise<void> => {
    setIsTried(true)
    if (wrong !== undefined) return
    const answer = await change.run({ action: 'set', domains, scope })
    if (!answer) return
    const { invalid } = readPlatformDomains(answer)
    setRefused(invalid)
    if (invalid.length > 0) return
    toast(texts.saved)
    onClose()
  }
  return (
    <FormModal
      title={texts.editTitle(texts[kind])}
      submit={texts.save}
      ready={isChanged}
      action={change}
      danger={removes.length > 0}
      onSubmit={save}
      onClose={onClose}
    >
      <TextAreaField
        label={texts.domainsLabel}
        hint={texts.editHint}
        error={isTried ? wrong : undefined}
        value={text}
        onChange={setText}
        rows={Math.min(12, before.length + 2)}
        mono
      />
      <DomainScope value={scope} onChange={setScope} />
      <div className="stack tight" aria-live="polite">
        {!isChanged && <p className="fine">{texts.unchanged}</p>}
        {adds.length > 0 && (
          <p>
            {texts.adds(adds.length)} <span className="mono">{adds.join(', ')}</span>
          </p>
        )}
        {removes.length > 0 && (
          <Notice tone="warn">
            {texts.removes(removes.length)} <span className="mono">{removes.join(', ')}</span>
            <br />
            {texts.removeConsequence}
          </Notice>
        )}
      </div>
      {refused.length > 0 && <Notice tone="warn">{texts.refused(refused.join(', '))}</Notice>}
      <ErrorNotice problem={change.problem} />
    </FormModal>
  )
}
