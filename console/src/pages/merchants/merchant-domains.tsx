import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import { type ActionState, useAction } from '../../api/use-action.ts'
import { Panel } from '../../parts/panel.tsx'
import { useLanguage, useTexts } from '../../text/language.ts'
import { domainTexts } from '../../text/merchant.ts'
import {
  type DomainLists,
  readServerDomains,
  readWebviewDomains,
  type ServerKind,
  serverKinds,
} from '../../wechat/domains.ts'
import { domainForms } from '../../../../shared/domain/miniprograms/domain-form.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { TextAreaField } from '../../parts/fields.tsx'
import { toast } from '../../parts/toast.tsx'
import { domainOf, linesOf, tellWrongDomain } from '../../text/typed.ts'
import { useEffect, useState, type ReactNode } from 'react'
import { useOperation, type Loaded } from '../../api/use-operation.ts'
import { Notice } from '../../parts/notice.tsx'
import { Pending } from '../../parts/waiting.tsx'

export const MerchantDomains = ({ appid }: { readonly appid: string }) => (
  <>
    <ServerDomains appid={appid} />
    <WebviewDomains appid={appid} />
  </>
)

const ServerDomains = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(domainTexts)
  const read = useOperation('miniprograms.setServerDomains', { appid, action: 'get' })
  const save = useAction('miniprograms.setServerDomains')
  return (
    <DomainPanel title={texts.server} about={texts.serverAbout} of={read}>
      {read.data && (
        <DomainForm
          kinds={serverKinds}
          common={4}
          domains={readServerDomains(read.data)}
          action={save}
          onSave={async (lists) => {
            const answer = await save.run({ appid, action: 'set', ...lists })
            return answer && readServerDomains(answer)
          }}
        />
      )}
    </DomainPanel>
  )
}

const webviewKinds = ['webviewDomains'] as const

const WebviewDomains = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(domainTexts)
  const read = useOperation('miniprograms.setWebviewDomains', { appid, action: 'get' })
  const save = useAction('miniprograms.setWebviewDomains')
  return (
    <DomainPanel title={texts.webview} about={texts.webviewAbout} of={read}>
      {read.data && (
        <DomainForm
          kinds={webviewKinds}
          common={1}
          domains={readWebviewDomains(read.data)}
          action={save}
          onSave={async ({ webviewDomains }) => {
            const answer = await save.run({ appid, action: 'set', domains: webviewDomains })
            return answer && readWebviewDomains(answer)
          }}
        />
      )}
    </DomainPanel>
  )
}

interface DomainPanelProps {
  readonly title: string
  readonly about: string
  readonly of: Loaded<unknown>
  readonly children: ReactNode
}

const DomainPanel = ({ title, about, of, children }: DomainPanelProps) => (
  <Panel title={title}>
    <div className="stack">
      <p className="soft">{about}</p>
      <Pending of={of} />
      {children}
    </div>
  </Panel>
)

type Kind = ServerKind | 'webviewDomains'
type Lists<K extends Kind> = Readonly<Record<K, readonly string[]>>

interface DomainFormProps<K extends Kind> {
  readonly kinds: readonly K[]
  /** How many of the kinds show at once; the others are behind a fold. */
  readonly common: number
  readonly domains: DomainLists<K>
  readonly action: ActionState
  readonly onSave: (lists: Lists<K>) => Promise<DomainLists<K> | undefined>
}

const schemeOf = (kind: Kind): string => domainForms[kind].schemes[0]

/** Lists of domains, one a line; what is saved replaces them. */
function DomainForm<K extends Kind>(props: DomainFormProps<K>) {
  const { kinds, common, domains, action, onSave } = props
  const texts = useTexts(domainTexts)
  const { language } = useLanguage()
  const [drafts, setDrafts] = useState<Partial<Record<K, string>>>({})
  const [saved, setSaved] = useState<DomainLists<K>>()
  const read = JSON.stringify(domains.lists)
  useEffect(() => setSaved(undefined), [read])
  // What was just saved counts until it has been read again.
  const lists = saved?.lists ?? domains.lists
  const refused = saved?.refused ?? []
  const textOf = (kind: K): string => drafts[kind] ?? lists[kind].join('\n')
  const write = (kind: K, text: string): void => setDrafts({ ...drafts, [kind]: text })
  const wantedOf = (kind: K): readonly string[] => linesOf(textOf(kind)).map((line) => domainOf(line, kind))
  const { adds, removes } = differences(kinds, lists, wantedOf)
  // What is there already was taken by WeChat.
  const wrongIn = (kind: K): string | undefined =>
    tellWrongDomain(
      wantedOf(kind).filter((domain) => !lists[kind].includes(domain)),
      kind,
      language,
    )

  const save = async (): Promise<boolean> => {
    const wanted = Object.fromEntries(kinds.map((kind) => [kind, wantedOf(kind)]))
    const answer = await onSave({ ...lists, ...wanted })
    if (!answer) return false
    setDrafts({})
    setSaved(answer)
    if (answer.refused.length === 0) toast(texts.saved)
    return true
  }
  const [first = kinds[0]] = kinds
  const missing = first === undefined ? [] : domains.onPlatform.filter((host) => !textOf(first).includes(`://${host}`))
  const field = (kind: K) => (
    <TextAreaField
      key={kind}
      label={texts[kind]}
      value={textOf(kind)}
      onChange={(text) => write(kind, text)}
      placeholder={`${schemeOf(kind)}://`}
      error={wrongIn(kind)}
      rows={3}
      mono
    />
  )
  return (
    <div className="stack">
      <div className="columns two">{kinds.slice(0, common).map(field)}</div>
      {kinds.length > common && (
        <details>
          <summary>{texts.more}</summary>
          <div className="columns two">{kinds.slice(common).map(field)}</div>
        </details>
      )}
      {first !== undefined && missing.length > 0 && (
        <div className="stack tight">
          <p className="fine">
            {texts.onPlatform} · {texts.onPlatformHint}
          </p>
          <div className="row">
            {missing.map((host) => (
              <Button
                key={host}
                size="small"
                variant="outline"
                icon={<AddIcon aria-hidden />}
                onClick={() => write(first, [...linesOf(textOf(first)), `${schemeOf(first)}://${host}`].join('\n'))}
              >
                {host}
              </Button>
            ))}
          </div>
        </div>
      )}
      {refused.length > 0 && <Notice tone="warn">{texts.refused(refused.join(', '))}</Notice>}
      <div className="row">
        <ConfirmButton
          variant="base"
          title={texts.saveTitle}
          danger={removes.length > 0}
          disabled={adds.length + removes.length === 0 || kinds.some((kind) => wrongIn(kind) !== undefined)}
          consequence={<Changes adds={adds} removes={removes} />}
          action={action}
          onConfirm={save}
        >
          {texts.save}
        </ConfirmButton>
        {adds.length + removes.length > 0 ? (
          <Button variant="text" onClick={() => setDrafts({})}>
            {texts.reset}
          </Button>
        ) : (
          <span className="fine">{texts.unchanged}</span>
        )}
      </div>
    </div>
  )
}

function differences<K extends Kind>(kinds: readonly K[], lists: Lists<K>, wantedOf: (kind: K) => readonly string[]) {
  const adds: string[] = []
  const removes: string[] = []
  for (const kind of kinds) {
    const wanted = wantedOf(kind)
    adds.push(...wanted.filter((domain) => !lists[kind].includes(domain)))
    removes.push(...lists[kind].filter((domain) => !wanted.includes(domain)))
  }
  return { adds, removes }
}

interface ChangesProps {
  readonly adds: readonly string[]
  readonly removes: readonly string[]
}

const Changes = ({ adds, removes }: ChangesProps) => {
  const texts = useTexts(domainTexts)
  return (
    <div className="stack tight">
      {adds.length > 0 && (
        <p>
          {texts.adds} <span className="mono">{adds.join(', ')}</span>
        </p>
      )}
      {removes.length > 0 && (
        <>
          <p>
            {texts.removes} <span className="mono">{removes.join(', ')}</span>
          </p>
          <Notice tone="warn">{texts.removesHint}</Notice>
        </>
      )}
    </div>
  )
}
