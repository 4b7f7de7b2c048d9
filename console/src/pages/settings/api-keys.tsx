import { useState } from 'react'
import AddIcon from 'tdesign-icons-react/esm/components/add.js'
import KeyIcon from 'tdesign-icons-react/esm/components/key.js'
import type { DataOf } from '../../api/call.ts'
import { useList } from '../../api/use-list.ts'
import { useSession } from '../../api/session.ts'
import { Button, CopyButton } from '../../parts/button.tsx'
import { OperationButton } from '../../parts/confirm-button.tsx'
import { ListPanel, type Column } from '../../parts/data-table.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { Mark } from '../../parts/mark.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { keyTexts } from '../../text/access.ts'
import { useTexts } from '../../text/language.ts'
import { roleTexts } from '../../text/roles.ts'
import { ApiKeyForm } from './api-key-form.tsx'
import { SecretDialog } from './secret-dialog.tsx'

type ApiKey = DataOf<'apiKeys.list'>['items'][number]

export const ApiKeys = () => {
  const texts = useTexts(keyTexts)
  const list = useList('apiKeys.list', {})
  const [isOpen, setIsOpen] = useState(false)
  const [key, setKey] = useState<string>()
  const columns = useColumns()
  return (
    <>
      <div className="row apart">
        <p className="soft settings-about">{texts.about}</p>
        <Button icon={<AddIcon aria-hidden />} onClick={() => setIsOpen(true)}>
          {texts.add}
        </Button>
      </div>
      <ListPanel
        title={texts.title}
        bare
        list={list}
        columns={columns}
        keyOf={({ keyId }) => keyId}
        empty={
          <EmptyState title={texts.none} icon={<KeyIcon />}>
            {texts.noneHint}
          </EmptyState>
        }
      />
      {isOpen && <ApiKeyForm onClose={() => setIsOpen(false)} onKey={setKey} />}
      {key !== undefined && (
        <SecretDialog
          title={texts.keyTitle}
          about={texts.keyOnce}
          secret={key}
          copy={texts.copyKey}
          lost={texts.keyLost}
          kept={texts.kept}
          onClose={() => setKey(undefined)}
        >
          <TryIt apiKey={key} />
        </SecretDialog>
      )}
    </>
  )
}

const TryIt = ({ apiKey }: { readonly apiKey: string }) => {
  const texts = useTexts(keyTexts)
  const { apiBaseUrl } = useSession()
  const command = `curl ${apiBaseUrl}/api/v1/platform.status -X POST -H 'Authorization: Bearer ${apiKey}' -H 'Content-Type: application/json' -d '{}'`
  return (
    <details>
      <summary>{texts.tryIt}</summary>
      <div className="copy-line">
        <code>{command}</code>
        <CopyButton value={command} label={texts.copyTry} />
      </div>
    </details>
  )
}

const useColumns = (): readonly Column<ApiKey>[] => {
  const texts = useTexts(keyTexts)
  const roles = useTexts(roleTexts)
  return [
    {
      key: 'name',
      title: texts.name,
      isName: true,
      cell: ({ name, keyId }) => (
        <>
          <span className="setting-name">{name}</span>
          <div className="fine mono">{keyId}</div>
        </>
      ),
    },
    { key: 'role', title: texts.role, cell: ({ role }) => roles[role] },
    { key: 'limits', title: texts.limits, cell: (apiKey) => <Limits apiKey={apiKey} /> },
    {
      key: 'lastUsed',
      title: texts.lastUsed,
      cell: ({ lastUsedAt }) =>
        lastUsedAt === undefined ? (
          <span className="soft">{texts.never}</span>
        ) : (
          <TimeText value={lastUsedAt} form="ago" />
        ),
    },
    {
      key: 'expires',
      title: texts.expires,
      cell: ({ expiresAt }) =>
        expiresAt === undefined ? <span className="soft">{texts.noEnd}</span> : <TimeText value={expiresAt} />,
    },
    { key: 'state', title: texts.state, cell: (apiKey) => <Standing apiKey={apiKey} /> },
    {
      key: 'actions',
      cell: (apiKey) => (standingOf(apiKey) === 'good' ? <Revoke apiKey={apiKey} /> : null),
    },
  ]
}

const standingOf = ({ revokedAt, expiresAt }: ApiKey): 'good' | 'revoked' | 'expired' => {
  if (revokedAt !== undefined) return 'revoked'
  return expiresAt !== undefined && Date.parse(expiresAt) <= Date.now() ? 'expired' : 'good'
}

const Standing = ({ apiKey }: { readonly apiKey: ApiKey }) => {
  const texts = useTexts(keyTexts)
  const standing = standingOf(apiKey)
  return <Mark tone={standing === 'good' ? 'good' : 'dull'}>{texts[standing]}</Mark>
}

const Limits = ({ apiKey: { operations, appids } }: { readonly apiKey: ApiKey }) => {
  const texts = useTexts(keyTexts)
  if (!operations && !appids) return <span className="soft">{texts.unlimited}</span>
  const all = [...(operations ?? []), ...(appids ?? [])]
  return (
    <details className="limits">
      <summary>
        {[operations && texts.operations(operations.length), appids && texts.merchants(appids.length)]
          .filter(Boolean)
          .join(' · ')}
      </summary>
      <ul className="fine mono">
        {all.map((name) => (
          <li key={name}>{name}</li>
        ))}
      </ul>
    </details>
  )
}

const Revoke = ({ apiKey: { keyId, name } }: { readonly apiKey: ApiKey }) => {
  const texts = useTexts(keyTexts)
  return (
    <OperationButton
      operation="apiKeys.revoke"
      input={{ keyId }}
      size="small"
      variant="text"
      danger
      title={texts.revokeTitle(name)}
      consequence={texts.revokeConsequence}
      done={texts.revokeDone(name)}
    >
      {texts.revoke}
    </OperationButton>
  )
}
