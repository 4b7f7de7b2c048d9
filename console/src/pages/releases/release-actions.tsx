import { useState } from 'react'
import type { Release } from '../../../../client/src/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useOperation } from '../../api/use-operation.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { actionTexts } from '../../text/releases.ts'
import { readQuota } from '../../wechat/review.ts'
import { TextField } from '../../parts/fields.tsx'

/** While a version is under review. */
export const ReviewActions = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(actionTexts)
  const { data: quota } = useOperation('releases.quota', { appid })
  const expedite = useAction('releases.expedite')
  const withdraw = useAction('releases.withdraw')
  return (
    <div className="row">
      <ConfirmButton
        size="small"
        title={texts.expediteTitle}
        consequence={texts.expediteConsequence(quota ? String(readQuota(quota).speedupRest) : '–')}
        action={expedite}
        onConfirm={async () => {
          const done = await expedite.run({ appid })
          if (done) toast(texts.expedited)
          return done !== undefined
        }}
      >
        {texts.expedite}
      </ConfirmButton>
      <ConfirmButton
        size="small"
        danger
        title={texts.withdrawTitle}
        consequence={texts.withdrawConsequence}
        action={withdraw}
        onConfirm={async () => {
          const done = await withdraw.run({ appid })
          if (done) toast(texts.withdrawn)
          return done !== undefined
        }}
      >
        {texts.withdraw}
      </ConfirmButton>
    </div>
  )
}

export const ReleaseButton = ({ release: { appid, version } }: { readonly release: Release }) => {
  const texts = useTexts(actionTexts)
  const release = useAction('releases.release')
  return (
    <ConfirmButton
      size="small"
      variant="base"
      title={texts.releaseTitle}
      consequence={texts.releaseConsequence(version)}
      action={release}
      onConfirm={async () => {
        const done = await release.run({ appid, version })
        if (done) toast(texts.released)
        return done !== undefined
      }}
    >
      {texts.release}
    </ConfirmButton>
  )
}

/** A release for a part of the users: begin, widen, cancel. */
export const GrayActions = ({ release }: { readonly release: Release }) => {
  const texts = useTexts(actionTexts)
  const { appid, state, grayPercentage = 0 } = release
  const [wanted, setWanted] = useState(String(Math.min(100, grayPercentage === 0 ? 10 : grayPercentage * 2)))
  const start = useAction('releases.startGray')
  const cancel = useAction('releases.cancelGray')
  const isGray = state === 'gray'
  return (
    <>
      {isGray && (
        <ConfirmButton
          size="small"
          danger
          title={texts.cancelGrayTitle}
          consequence={texts.cancelGrayConsequence}
          action={cancel}
          onConfirm={async () => {
            const done = await cancel.run({ appid })
            if (done) toast(texts.grayCancelled)
            return done !== undefined
          }}
        >
          {texts.cancelGray}
        </ConfirmButton>
      )}
      <ConfirmButton
        size="small"
        title={texts.grayTitle}
        consequence={
          <div className="stack">
            <p>{texts.grayConsequence}</p>
            <TextField label={texts.percentage} type="number" value={wanted} onChange={setWanted} />
          </div>
        }
        action={start}
        onConfirm={async () => {
          const percentage = Number(wanted)
          const done = await start.run({ appid, percentage })
          if (done) toast(texts.grayStarted(percentage))
          return done !== undefined
        }}
      >
        {isGray ? texts.grayMore : texts.gray}
      </ConfirmButton>
    </>
  )
}
