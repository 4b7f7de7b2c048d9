import { useState } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
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
import { readPlatformDomains } from '../../wechat/platform-domains.ts'
import { domainForms, domainKinds, type DomainKind } from './domain-kinds.ts'
import { DomainScope, type Scope } from './domain-scope.tsx'
import { FormModal } from './form-modal.tsx'

export const AddDomains = ({ kind }: { readonly kind: DomainKind }) => {
  const texts = useTexts(platformDomainTexts)
  const [isOpen, setIsOpen] = useState(false)
  return (
    <>
      <Button size="small" icon={<AddIcon aria-hidden />} onClick={() => setIsOpen(true)}>
        {texts.add}
      </Button>
      {isOpen && <AddForm kind={kind} onClose={() => setIsOpen(false)} />}
    </>
  )
}

const AddForm = ({ kind, onClose }: { readonly kind: DomainKind; readonly onClose: () => void }) => {
  const texts = useTexts(platformDomainTexts)
  const { language } = useLanguage()
  const change = useAction(domainKinds[kind])
  const [text, setText] = useState('')
  const [scope, setScope] = useState<Scope>('both')
  const [refused, setRefused] = useState<readonly string[]>([])
  const [isTried, setIsTried] = useState(false)
  const domains = linesOf(text)
  const wrong = tellWrongDomain(domains, domainForms[kind], language)
  const add = async (): Promise<void> => {
    setIsTried(true)
    if (wrong !== undefined) return
    const answer = await change.run({ action: 'add', domains, scope })
    if (!answer) return
    const { invalid } = readPlatformDomains(answer)
    setRefused(invalid)
    if (invalid.length > 0) return setText(invalid.join('\n'))
    toast(texts.added)
    onClose()
  }
  return (
    <FormModal
      title={texts.addTitle(texts[kind])}
      submit={texts.add}
      ready={domains.length > 0}
      action={change}
      onSubmit={add}
      onClose={onClose}
    >
      <TextAreaField
        label={texts.domainsLabel}
        hint={texts.domainsHint}
        placeholder="api.example.com"
        error={isTried ? wrong : undefined}
        value={text}
        onChange={setText}
        rows={4}
        mono
      />
      <DomainScope value={scope} onChange={setScope} />
      {refused.length > 0 && <Notice tone="warn">{texts.refused(refused.join(', '))}</Notice>}
      <ErrorNotice problem={change.problem} />
    </FormModal>
  )
}
