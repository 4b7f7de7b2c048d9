import { useState } from 'react'
import { useAction } from '../../api/use-action.ts'
import type { InputOf } from '../../api/call.ts'
import { CheckField, ChoiceField, TextField } from '../../parts/fields.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { toast } from '../../parts/toast.tsx'
import { guardTexts } from '../../text/rollouts.ts'
import { useTexts } from '../../text/language.ts'
import type { Rollout } from './item-states.ts'

type Rules = NonNullable<InputOf<'rollouts.setGuard'>['guard']>

/** As typed. */
interface GuardDraft {
  readonly then: Rules['then']
  readonly maxErrorGrowth: string
  readonly newErrors: boolean
  readonly minUsers: string
  readonly watchMinutes: string
  readonly noDataHours: string
  readonly noData: NonNullable<Rules['noData']>
}

const draftOf = (guard: Rollout['guard']): GuardDraft => ({
  then: guard?.then ?? 'pause',
  maxErrorGrowth: String(guard?.maxErrorGrowth ?? 2),
  newErrors: guard?.newErrors ?? true,
  minUsers: String(guard?.minUsers ?? 20),
  watchMinutes: String(guard?.watchMinutes ?? 60),
  noDataHours: String(guard?.noDataHours ?? 24),
  noData: guard?.noData ?? 'wait',
})

/** What the platform takes; the rest it says itself. */
const isNumber = (text: string): boolean => /^\d+(?:\.\d+)?$/.test(text.trim())

/** Sets the rules of a rollout under way, or other ones. */
export const GuardForm = ({ rollout }: { readonly rollout: Rollout }) => {
  const texts = useTexts(guardTexts)
  const { rolloutId, guard } = rollout
  const action = useAction('rollouts.setGuard')
  const [draft, setDraft] = useState(() => draftOf(guard))
  const change = (part: Partial<GuardDraft>): void => setDraft((before) => ({ ...before, ...part }))
  const numbers = ['maxErrorGrowth', 'minUsers', 'watchMinutes', 'noDataHours'] as const
  const wrong = (name: (typeof numbers)[number]): string | undefined =>
    isNumber(draft[name]) ? undefined : texts.numberWrong
  return (
    <ConfirmButton
      size="small"
      title={texts.formTitle}
      confirm={texts.save}
      action={action}
      onOpen={() => setDraft(draftOf(guard))}
      onConfirm={async () => {
        if (numbers.some((name) => wrong(name) !== undefined)) return false
        const { then, newErrors, noData } = draft
        const [maxErrorGrowth = 0, minUsers = 0, watchMinutes = 0, noDataHours = 0] = numbers.map((name) =>
          Number(draft[name]),
        )
        const rules = { then, newErrors, noData, maxErrorGrowth, minUsers, watchMinutes, noDataHours }
        const answer = await action.run({ rolloutId, guard: rules })
        if (answer) toast(texts.saved)
        return answer !== undefined
      }}
      consequence={
        <div className="stack">
          <p className="soft">{texts.formWords}</p>
          <div className="columns two">
            <ChoiceField
              label={texts.then}
              value={draft.then}
              onChange={(then) => change({ then })}
              choices={[
                { value: 'pause', label: texts.thenPause },
                { value: 'rollback', label: texts.thenRollback },
              ]}
            />
            <TextField
              label={texts.maxErrorGrowth}
              value={draft.maxErrorGrowth}
              error={wrong('maxErrorGrowth')}
              onChange={(maxErrorGrowth) => change({ maxErrorGrowth })}
            />
            <TextField
              label={texts.minUsers}
              value={draft.minUsers}
              error={wrong('minUsers')}
              onChange={(minUsers) => change({ minUsers })}
            />
            <TextField
              label={texts.watchMinutes}
              value={draft.watchMinutes}
              error={wrong('watchMinutes')}
              onChange={(watchMinutes) => change({ watchMinutes })}
            />
            <TextField
              label={texts.noDataHours}
              value={draft.noDataHours}
              error={wrong('noDataHours')}
              onChange={(noDataHours) => change({ noDataHours })}
            />
            <ChoiceField
              label={texts.noDataThen}
              value={draft.noData}
              onChange={(noData) => change({ noData })}
              choices={[
                { value: 'wait', label: texts.noDataWait },
                { value: 'goOn', label: texts.noDataGoOn },
              ]}
            />
          </div>
          <CheckField
            label={texts.newErrorsCount}
            checked={draft.newErrors}
            onChange={(newErrors) => change({ newErrors })}
          />
        </div>
      }
    >
      {guard ? texts.change : texts.set}
    </ConfirmButton>
  )
}
