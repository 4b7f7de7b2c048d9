import { useState } from 'react'
import type { Authorizer, Release } from '../../../../client/src/client.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Facts, Panel } from '../../parts/panel.tsx'
import { ChoiceField } from '../../parts/fields.tsx'
import { OriginMark, StateTag, TemplateName } from '../../parts/mark.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useTexts } from '../../text/language.ts'
import { actionTexts, releaseTexts } from '../../text/releases.ts'
import { readHistory } from '../../wechat/review.ts'
import { OperationButton } from '../../parts/confirm-button.tsx'

interface LiveReleaseProps {
  readonly appid: string
  readonly live: NonNullable<Authorizer['live']>
  /** Of a version that was released here. */
  readonly releaseId: string | undefined
  readonly releases: readonly Release[]
}

/** What the users have, and the way back to what they had. */
export const LiveRelease = ({ appid, live, releaseId, releases }: LiveReleaseProps) => {
  const texts = useTexts(releaseTexts)
  const { version, templateId, releasedAt, origin } = live
  const online = releases.find(({ releaseId: id, state }) => (releaseId ? id === releaseId : state === 'released'))
  // WeChat takes back once: what has come back stays.
  const isBack = releases.some(
    ({ state, createdAt }) => state === 'rolledBack' && online !== undefined && createdAt > online.createdAt,
  )
  return (
    <Panel
      title={
        <span className="row">
          {texts.liveTitle} {version} <StateTag state="released" />
          <OriginMark origin={origin} />
        </span>
      }
      actions={<Rollback appid={appid} version={version} isBack={isBack} />}
    >
      <Facts
        facts={[
          [texts.template, <TemplateName key="template" templateId={templateId} />],
          [texts.description, online?.description],
          [texts.releasedAt, <TimeText key="at" value={releasedAt} />],
        ]}
      />
    </Panel>
  )
}

interface RollbackProps {
  readonly appid: string
  readonly version: string
  readonly isBack: boolean
}

/** Only where there is something to go back to. */
const Rollback = (props: RollbackProps) => {
  const { appid, version, isBack } = props
  const { data: history } = useOperation('releases.history', isBack ? undefined : { appid })
  const versions = history ? readHistory(history.items) : []
  if (isBack || versions.length === 0) return null
  return <RollbackButton key={version} appid={appid} versions={versions} />
}

interface RollbackButtonProps {
  readonly appid: string
  readonly versions: ReturnType<typeof readHistory>
}

const RollbackButton = ({ appid, versions }: RollbackButtonProps) => {
  const texts = useTexts(actionTexts)
  const [chosen, setChosen] = useState('')
  return (
    <OperationButton
      operation="releases.rollback"
      input={{ appid, ...(chosen !== '' && { appVersion: Number(chosen) }) }}
      size="small"
      danger
      title={texts.rollbackTitle}
      consequence={
        <div className="stack">
          <p>{texts.rollbackConsequence}</p>
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
        </div>
      }
      done={texts.rolledBack}
    >
      {texts.rollback}
    </OperationButton>
  )
}
