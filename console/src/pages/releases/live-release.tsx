import { useState } from 'react'
import type { Authorizer, Release } from '../../../../client/src/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useOperation } from '../../api/use-operation.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { Facts } from '../../parts/facts.tsx'
import { ChoiceField } from '../../parts/fields.tsx'
import { Panel } from '../../parts/panel.tsx'
import { StateTag } from '../../parts/state-tag.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { actionTexts, releaseTexts } from '../../text/releases.ts'
import { readHistory } from '../../wechat/review.ts'

interface LiveReleaseProps {
  readonly appid: string
  readonly live: NonNullable<Authorizer['currentRelease']>
  readonly releases: readonly Release[]
}

/** What the users have, and the way back to what they had. */
export const LiveRelease = ({ appid, live, releases }: LiveReleaseProps) => {
  const texts = useTexts(releaseTexts)
  const { releaseId, version, templateId, releasedAt } = live
  const description = releases.find((release) => release.releaseId === releaseId)?.description
  return (
    <Panel
      title={
        <span className="row">
          {texts.liveTitle} {version} <StateTag state="released" />
        </span>
      }
      actions={<Rollback appid={appid} />}
    >
      <Facts
        facts={[
          [texts.template, `#${templateId}`],
          [texts.description, description],
          [texts.releasedAt, <TimeText key="at" value={releasedAt} />],
        ]}
      />
    </Panel>
  )
}

const Rollback = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(actionTexts)
  const [asked, setAsked] = useState(false)
  const { data: history } = useOperation('releases.history', asked ? { appid } : undefined)
  const versions = history && readHistory(history.items)
  const [chosen, setChosen] = useState('')
  const rollback = useAction('releases.rollback')
  return (
    <ConfirmButton
      size="small"
      danger
      title={texts.rollbackTitle}
      consequence={
        <div className="stack">
          <p>{texts.rollbackConsequence}</p>
          {versions?.length === 0 && <p className="soft">{texts.noHistory}</p>}
          {versions && versions.length > 0 && (
            <ChoiceField
              label={texts.rollbackTo}
              value={chosen}
              onChange={setChosen}
              choices={[
                { value: '', label: texts.rollbackDefault },
                ...versions.map(({ appVersion, version, description }) => ({
                  value: String(appVersion),
                  label: description === '' ? version : `${version} · ${description}`,
                })),
              ]}
            />
          )}
        </div>
      }
      action={rollback}
      onOpen={() => setAsked(true)}
      onConfirm={async () => {
        const done = await rollback.run({ appid, ...(chosen !== '' && { appVersion: Number(chosen) }) })
        if (done) toast(texts.rolledBack)
        return done !== undefined
      }}
    >
      {texts.rollback}
    </ConfirmButton>
  )
}
