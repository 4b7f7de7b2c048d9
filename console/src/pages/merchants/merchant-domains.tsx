import { useAction } from '../../api/use-action.ts'
import { useOperation } from '../../api/use-operation.ts'
import { ErrorNotice } from '../../parts/error-notice.tsx'
import { Panel } from '../../parts/panel.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { domainTexts } from '../../text/merchant.ts'
import { readServerDomains, readWebviewDomains, serverKinds } from '../../wechat/domains.ts'
import { DomainForm } from './domain-form.tsx'

export const MerchantDomains = ({ appid }: { readonly appid: string }) => (
  <>
    <ServerDomains appid={appid} />
    <WebviewDomains appid={appid} />
  </>
)

const ServerDomains = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(domainTexts)
  const { data, problem, reload } = useOperation('miniprograms.setServerDomains', { appid, action: 'get' })
  const save = useAction('miniprograms.setServerDomains')
  return (
    <Panel title={texts.server}>
      <div className="stack">
        <p className="soft">{texts.serverAbout}</p>
        <ErrorNotice problem={problem} onRetry={reload} />
        {!data && !problem && <Waiting />}
        {data && (
          <DomainForm
            kinds={serverKinds}
            common={4}
            domains={readServerDomains(data)}
            action={save}
            onSave={async (lists) => {
              const answer = await save.run({ appid, action: 'set', ...lists })
              return answer && readServerDomains(answer)
            }}
          />
        )}
      </div>
    </Panel>
  )
}

const webviewKinds = ['webviewDomains'] as const

const WebviewDomains = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(domainTexts)
  const { data, problem, reload } = useOperation('miniprograms.setWebviewDomains', { appid, action: 'get' })
  const save = useAction('miniprograms.setWebviewDomains')
  return (
    <Panel title={texts.webview}>
      <div className="stack">
        <p className="soft">{texts.webviewAbout}</p>
        <ErrorNotice problem={problem} onRetry={reload} />
        {!data && !problem && <Waiting />}
        {data && (
          <DomainForm
            kinds={webviewKinds}
            common={1}
            domains={readWebviewDomains(data)}
            action={save}
            onSave={async ({ webviewDomains }) => {
              const answer = await save.run({ appid, action: 'set', domains: webviewDomains })
              return answer && readWebviewDomains(answer)
            }}
          />
        )}
      </div>
    </Panel>
  )
}
