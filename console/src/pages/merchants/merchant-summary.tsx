import { Link } from 'wouter'
import type { Authorizer } from '../../../../client/src/client.ts'
import { useList } from '../../api/use-list.ts'
import { useOperation } from '../../api/use-operation.ts'
import { CopyButton } from '../../parts/button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { Facts, Panel } from '../../parts/panel.tsx'
import { Mark, OriginMark, TemplateName } from '../../parts/mark.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { useTexts } from '../../text/language.ts'
import { merchantTexts } from '../../text/merchant.ts'
import { partTexts } from '../../text/parts.ts'
import { readAccountInfo } from '../../wechat/account-info.ts'
import { ReleaseTable } from './release-table.tsx'
import { OperationButton } from '../../parts/confirm-button.tsx'

const LATEST = 5

export const MerchantSummary = ({ authorizer }: { readonly authorizer: Authorizer }) => {
  const texts = useTexts(merchantTexts)
  const { appid, status, accountType } = authorizer
  const isMiniprogram = accountType === 'miniprogram'
  return (
    <>
      <Account authorizer={authorizer} />
      {isMiniprogram && status === 'active' && <AtWechat appid={appid} />}
      {isMiniprogram && (
        <Panel
          title={texts.latest}
          actions={<Link href={`/merchants/${appid}/releases`}>{texts.allReleases}</Link>}
          flush
        >
          <Latest appid={appid} />
        </Panel>
      )}
    </>
  )
}

const Account = ({ authorizer }: { readonly authorizer: Authorizer }) => {
  const texts = useTexts(merchantTexts)
  const parts = useTexts(partTexts)
  const { appid, accountType, principalName, businessId, authorizedAt, live } = authorizer
  return (
    <Panel title={texts.account}>
      <Facts
        facts={[
          [
            texts.appid,
            <span className="row" key="appid">
              <span className="mono">{appid}</span>
              <CopyButton value={appid} label={texts.copyAppid} />
            </span>,
          ],
          [texts.type, texts[accountType]],
          [texts.principal, principalName || '–'],
          [texts.business, businessId ?? <span className="soft">{texts.unbound}</span>],
          [texts.authorizedAt, <TimeText key="at" value={authorizedAt} />],
          [
            texts.live,
            live ? (
              <span key="live">
                {live.version} <OriginMark origin={live.origin} />{' '}
                <span className="fine">
                  <TemplateName templateId={live.templateId} />
                </span>
              </span>
            ) : (
              <span className="soft">{texts.noLive}</span>
            ),
          ],
          [texts.template, live && <TemplateName key="template" templateId={live.templateId} />],
          [
            texts.liveSince,
            live && (live.releasedAt ? <TimeText key="since" value={live.releasedAt} /> : parts.unknown),
          ],
          [texts.readAt, live && <TimeText key="read" value={live.readAt} form="ago" />],
        ]}
      />
    </Panel>
  )
}

/** What WeChat itself says about the mini program. */
const AtWechat = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(merchantTexts)
  const { data, problem, reload } = useOperation('miniprograms.info', { appid })
  if (problem) return <ErrorNotice problem={problem} onRetry={reload} />
  if (!data) return null
  const { introduction, trialVersion, liveVersion, visible } = readAccountInfo(data)
  return (
    <Panel
      title={texts.service}
      actions={liveVersion !== undefined && visible !== undefined && <Visibility appid={appid} visible={visible} />}
    >
      <Facts
        facts={[
          [
            texts.state,
            liveVersion === undefined ? (
              <span className="soft">{texts.noLive}</span>
            ) : (
              <Mark key="state" tone={visible === false ? 'bad' : 'good'}>
                {visible === false ? texts.stopped : texts.serving}
              </Mark>
            ),
          ],
          [texts.live, liveVersion ?? <span className="soft">{texts.noLive}</span>],
          [texts.trial, trialVersion ?? <span className="soft">{texts.noTrial}</span>],
          [texts.introduction, introduction],
        ]}
      />
    </Panel>
  )
}

const Visibility = ({ appid, visible }: { readonly appid: string; readonly visible: boolean }) => {
  const texts = useTexts(merchantTexts)
  return (
    <OperationButton
      operation="miniprograms.setVisibility"
      input={{ appid, visible: !visible }}
      size="small"
      danger={visible}
      title={visible ? texts.stopTitle : texts.resumeTitle}
      consequence={visible ? texts.stopConsequence : texts.resumeConsequence}
    >
      {visible ? texts.stop : texts.resume}
    </OperationButton>
  )
}

const Latest = ({ appid }: { readonly appid: string }) => {
  const list = useList('releases.list', { appid }, { limit: LATEST })
  return <ReleaseTable appid={appid} list={{ ...list, next: undefined, previous: undefined }} />
}
