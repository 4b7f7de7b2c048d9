import { useState } from 'react'
import type { Release } from '../../../../client/src/client.ts'
import { useAction } from '../../api/use-action.ts'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { TextField } from '../../parts/fields.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { actionTexts } from '../../text/releases.ts'

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
