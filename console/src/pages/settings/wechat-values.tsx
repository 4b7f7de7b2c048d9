import type { ReactNode } from 'react'
import { Link } from 'wouter'
import { useSession } from '../../api/session.ts'
import { CopyButton } from '../../parts/button.tsx'
import { type Column, DataTable } from '../../parts/data-table.tsx'
import { Notice } from '../../parts/notice.tsx'
import { Panel } from '../../parts/panel.tsx'
import { useTexts } from '../../text/language.ts'
import { wechatTexts } from '../../text/settings.ts'

interface Field {
  readonly name: string
  /** Can be copied. */
  readonly value?: string
  /** Where there is nothing to copy: where it comes from. */
  readonly source?: ReactNode
  readonly note: string
}

/** What WeChat's console wants to know, ready to be copied, and what to do there. */
export const WechatValues = () => {
  const texts = useTexts(wechatTexts)
  const { apiBaseUrl } = useSession()
  const { protocol, port } = new URL(apiBaseUrl)
  return (
    <>
      {protocol !== 'https:' ? (
        <Notice>{texts.localNotice}</Notice>
      ) : (
        port !== '' && <Notice tone="bad">{texts.portNotice}</Notice>
      )}
      <Panel title={texts.values} flush>
        <p className="soft panel-about">{texts.where}</p>
        <Fields />
      </Panel>
      <Panel title={texts.steps}>
        <ol className="numbered">
          {(
            [
              ['stepSets', 'stepSetsAbout'],
              ['stepFill', 'stepFillAbout'],
              ['stepDevelop', 'stepDevelopAbout'],
              ['stepTest', 'stepTestAbout'],
              ['stepPublish', 'stepPublishAbout'],
            ] as const
          ).map(([name, about]) => (
            <li key={name}>
              <strong>{texts[name]}</strong>
              <p className="soft">{texts[about]}</p>
            </li>
          ))}
        </ol>
      </Panel>
    </>
  )
}

const Fields = () => {
  const texts = useTexts(wechatTexts)
  const { apiBaseUrl } = useSession()
  const base = apiBaseUrl.replace(/\/+$/, '')
  const fields: readonly Field[] = [
    { name: texts.startDomain, value: new URL(base).hostname, note: texts.startDomainNote },
    { name: texts.eventUrl, value: `${base}/wechat/component`, note: texts.eventUrlNote },
    { name: texts.messageUrl, value: `${base}/wechat/message/$APPID$`, note: texts.messageUrlNote },
    { name: texts.token, source: texts.fromEnv('COMPONENT_TOKEN'), note: `${texts.tokenNote} · ${texts.secret}` },
    { name: texts.aesKey, source: texts.fromEnv('COMPONENT_AES_KEY'), note: `${texts.aesKeyNote} · ${texts.secret}` },
    { name: texts.address, source: texts.addressValue, note: texts.addressNote },
    {
      name: texts.domains,
      source: <Link href="/settings/domains">{texts.domainsValue}</Link>,
      note: texts.domainsNote,
    },
  ]
  const columns: readonly Column<Field>[] = [
    {
      key: 'name',
      title: texts.field,
      isName: true,
      cell: ({ name, note }) => (
        <>
          <span className="setting-name">{name}</span>
          <div className="fine">{note}</div>
        </>
      ),
    },
    {
      key: 'value',
      title: texts.value,
      cell: ({ name, value, source }) =>
        value === undefined ? (
          source
        ) : (
          <div className="copy-line">
            <code>{value}</code>
            <CopyButton value={value} label={texts.copy(name)} />
          </div>
        ),
    },
  ]
  return (
    <div className="wechat-values">
      <DataTable label={texts.values} columns={columns} items={fields} keyOf={({ name }) => name} />
    </div>
  )
}
