import type { Release } from '../../../../client/src/client.ts'
import { useForm } from '../../api/use-form.ts'
import { useOperation } from '../../api/use-operation.ts'
import { ConfirmButton, OperationButton } from '../../parts/confirm-button.tsx'
import { TextField } from '../../parts/fields.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { actionTexts } from '../../text/releases.ts'
import { numberIn } from '../../text/typed.ts'
import { readQuota } from '../../wechat/review.ts'

/** While a version is under review. */
export const ReviewActions = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(actionTexts)
  const { data: quota } = useOperation('releases.quota', { appid })
  return (
    <div className="row">
      <OperationButton
        operation="releases.expedite"
        input={{ appid }}
        size="small"
        title={texts.expediteTitle}
        consequence={texts.expediteConsequence(quota ? String(readQuota(quota).speedupRest) : '–')}
        done={texts.expedited}
      >
        {texts.expedite}
      </OperationButton>
      <OperationButton
        operation="releases.withdraw"
        input={{ appid }}
        size="small"
        danger
        title={texts.withdrawTitle}
        consequence={texts.withdrawConsequence}
        done={texts.withdrawn}
      >
        {texts.withdraw}
      </OperationButton>
    </div>
  )
}

export const ReleaseButton = ({ release: { appid, version } }: { readonly release: Release }) => {
  const texts = useTexts(actionTexts)
  return (
    <OperationButton
      operation="releases.release"
      input={{ appid, version }}
      size="small"
      variant="base"
      title={texts.releaseTitle}
      consequence={texts.releaseConsequence(version)}
      done={texts.released}
    >
      {texts.release}
    </OperationButton>
  )
}

/** A release for a part of the users: begin, widen, cancel. */
export const GrayActions = ({ release }: { readonly release: Release }) => {
  const texts = useTexts(actionTexts)
  const { appid, state, grayPercentage = 0 } = release
  const wider = Math.min(100, grayPercentage === 0 ? 10 : grayPercentage * 2)
  const { action, field, send } = useForm('releases.startGray', {
    begin: { percentage: String(wider) },
    input: ({ percentage }) => ({ appid, percentage: numberIn(percentage) }),
    onDone: (_, { percentage }) => toast(texts.grayStarted(Number(percentage))),
  })
  const isGray = state === 'gray'
  return (
    <>
      {isGray && (
        <OperationButton
          operation="releases.cancelGray"
          input={{ appid }}
          size="small"
          danger
          title={texts.cancelGrayTitle}
          consequence={texts.cancelGrayConsequence}
          done={texts.grayCancelled}
        >
          {texts.cancelGray}
        </OperationButton>
      )}
      <ConfirmButton
        size="small"
        title={texts.grayTitle}
        consequence={
          <div className="stack">
            <p>{texts.grayConsequence}</p>
            <TextField label={texts.percentage} type="number" {...field('percentage')} />
          </div>
        }
        action={action}
        onConfirm={send}
      >
        {isGray ? texts.grayMore : texts.gray}
      </ConfirmButton>
    </>
  )
}
