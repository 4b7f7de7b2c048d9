import { useState } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import type { InputOf } from '../../api/call.ts'
import { useForm } from '../../api/use-form.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { ChoiceField, TextAreaField } from '../../parts/fields.tsx'
import { FormModal } from '../../parts/form.tsx'
import { Notice } from '../../parts/notice.tsx'
import { toast } from '../../parts/toast.tsx'
import { useLanguage, useTexts } from '../../text/language.ts'
import { platformDomainTexts } from '../../text/platform-domains.ts'
import { linesOf, tellWrongDomain } from '../../text/typed.ts'
import { entriesOf, readPlatformDomains, type PlatformDomainLists } from '../../wechat/domains.ts'

export const domainKinds = {
  server: 'platform.setServerDomains',
  webview: 'platform.setWebviewDomains',
} as const

export type DomainKind = keyof typeof domainKinds

/** What the platform takes in each. */
const domainForms = { server: 'platformServer', webview: 'platformWebview' } as const

type Scope = NonNullable<InputOf<'platform.setServerDomains'>['scope']>

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

interface ChangeDomainsProps {
  readonly kind: DomainKind
  /** Given: the whole list is changed, for those who have it somewhere else. Else some are added. */
  readonly lists?: PlatformDomainLists
}

export const ChangeDomains = (props: ChangeDomainsProps) => {
  const texts = useTexts(platformDomainTexts)
  const [isOpen, setIsOpen] = useState(false)
  const open = (): void => setIsOpen(true)
  return (
    <>
      {props.lists ? (
        <Button size="small" variant="outline" theme="default" onClick={open}>
          {texts.edit}
        </Button>
      ) : (
        <Button size="small" icon={<AddIcon aria-hidden />} onClick={open}>
          {texts.add}
        </Button>
      )}
      {isOpen && <DomainsForm {...props} onClose={() => setIsOpen(false)} />}
    </>
  )
}

const DomainsForm = ({ kind, lists, onClose }: ChangeDomainsProps & { readonly onClose: () => void }) => {
  const texts = useTexts(platformDomainTexts)
  const { language } = useLanguage()
  const [before] = useState(() => (lists ? entriesOf(lists).map(({ domain }) => domain) : []))
  const [refused, setRefused] = useState<readonly string[]>([])
  const begin: { readonly domains: string; readonly scope: Scope } = { domains: before.join('\n'), scope: 'both' }
  const form = useForm(domainKinds[kind], {
    begin,
    input: ({ domains, scope }) => ({ action: lists ? 'set' : 'add', domains: [...linesOf(domains)], scope }),
    wrong: ({ domains }) => ({ domains: tellWrongDomain(linesOf(domains), domainForms[kind], language) }),
    onDone: (answer) => {
      const { invalid } = readPlatformDomains(answer)
      setRefused(invalid)
      if (invalid.length > 0) return lists ? undefined : form.change({ domains: invalid.join('\n') })
      toast(lists ? texts.saved : texts.added)
      onClose()
    },
  })
  const domains = linesOf(form.values.domains)
  const adds = domains.filter((domain) => !before.includes(domain))
  const removes = before.filter((domain) => !domains.includes(domain))
  const isChanged = adds.length + removes.length > 0
  return (
    <FormModal
      title={lists ? texts.editTitle(texts[kind]) : texts.addTitle(texts[kind])}
      submit={lists ? texts.save : texts.add}
      ready={isChanged}
      danger={removes.length > 0}
      form={form}
      onClose={onClose}
    >
      <TextAreaField
        label={texts.domainsLabel}
        hint={lists ? texts.editHint : texts.domainsHint}
        placeholder="api.example.com"
        {...form.field('domains')}
        rows={Math.min(12, before.length + 3)}
        mono
      />
      <DomainScope {...form.field('scope')} />
      {lists && <Changes adds={adds} removes={removes} />}
      {refused.length > 0 && <Notice tone="warn">{texts.refused(refused.join(', '))}</Notice>}
    </FormModal>
  )
}

interface ChangesProps {
  readonly adds: readonly string[]
  readonly removes: readonly string[]
}

const Changes = ({ adds, removes }: ChangesProps) => {
  const texts = useTexts(platformDomainTexts)
  return (
    <div className="stack tight" aria-live="polite">
      {adds.length + removes.length === 0 && <p className="fine">{texts.unchanged}</p>}
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
  )
}

export const DeleteDomain = ({ kind, domain }: { readonly kind: DomainKind; readonly domain: string }) => {
  const texts = useTexts(platformDomainTexts)
  const begin: { readonly scope: Scope } = { scope: 'both' }
  const { action, field, send } = useForm(domainKinds[kind], {
    begin,
    input: ({ scope }) => ({ action: 'delete', domains: [domain], scope }),
    onDone: () => toast(texts.removed(domain)),
  })
  return (
    <ConfirmButton
      size="small"
      variant="text"
      danger
      title={texts.removeTitle(domain)}
      consequence={
        <div className="stack">
          <p>{texts.removeConsequence}</p>
          <DomainScope {...field('scope')} />
        </div>
      }
      action={action}
      onConfirm={send}
    >
      {texts.remove}
    </ConfirmButton>
  )
}
