import { useState } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import { ChoiceField, TextAreaField } from '../../parts/fields.tsx'
import { useLanguage, useTexts } from '../../text/language.ts'
import { platformDomainTexts } from '../../text/platform-domains.ts'
import { useAction } from '../../api/use-action.ts'
import { Button } from '../../parts/button.tsx'
import { ErrorNotice, Notice } from '../../parts/notice.tsx'
import { toast } from '../../parts/toast.tsx'
import { linesOf, tellWrongDomain } from '../../text/typed.ts'
import { entriesOf, type PlatformDomainLists, readPlatformDomains } from '../../wechat/domains.ts'
import { FormModal } from './form-modal.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'

export const domainKinds = {
  server: 'platform.setServerDomains',
  webview: 'platform.setWebviewDomains',
} as const

/** What the platform takes in each. */
const domainForms = { server: 'platformServer', webview: 'platformWebview' } as const

export type DomainKind = keyof typeof domainKinds

type Scope = 'both' | 'test'

interface DomainScopeProps {
  readonly value: Scope
  readonly onChange: (scope: Scope) => void
}

/** Whether merchants get a change at once. */
const DomainScope = ({ value, onChange }: DomainScopeProps) => {
  const texts = useTexts(platformDomainTexts)
  return (
    <ChoiceField<Scope>
      label={texts.scope}
      hint={texts[`${value}Hint`]}
      value={value}
      onChange={onChange}
      choices={[
        { value: 'both', label: texts.both },
        { value: 'test', label: texts.test },
      ]}
    />
  )
}

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
