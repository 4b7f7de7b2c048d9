import type { InputOf } from '../../api/call.ts'
import { CheckField, ChoiceField, TextField } from '../../parts/fields.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { toast } from '../../parts/toast.tsx'
import { guardTexts } from '../../text/rollouts.ts'
import { useTexts } from '../../text/language.ts'
import type { Rollout } from './item-states.ts'
import { useForm } from '../../api/use-form.ts'
import { numberIn } from '../../text/typed.ts'

type Rules = NonNullable<InputOf<'rollouts.setGuard'>['guard']>

const numbers = ['maxErrorGrowth', 'minUsers', 'watchMinutes', 'noDataHours'] as const

/** As typed. */
interface GuardDraft extends Record<(typeof numbers)[number], string> {
  readonly then: Rules['then']
  readonly newErrors: boolean
  readonly noData: NonNullable<Rules['noData']>
}

/** The platform's own choice where there is none. */
const draftOf = (guard: Rollout['guard']): GuardDraft => ({
  then: guard?.then ?? 'pause',
  maxErrorGrowth: String(guard?.maxErrorGrowth ?? 2),
  newErrors: guard?.newErrors ?? true,
  minUsers: String(guard?.minUsers ?? 20),
  watchMinutes: String(guard?.watchMinutes ?? 60),
  noDataHours: String(guard?.noDataHours ?? 24),
  noData: guard?.noData ?? 'wait',
})

/** Sets the rules of a rollout under way, or other ones. */
export const GuardForm = ({ rollout: { rolloutId, guard } }: { readonly rollout: Rollout }) => {
  const texts = useTexts(guardTexts)
  const { action, field, reset, send } = useForm('rollouts.setGuard', {
    begin: draftOf(guard),
    input: ({ then, newErrors, noData, ...typed }) => ({
      rolloutId,
      guard: {
        then,
        newErrors,
        noData,
        maxErrorGrowth: numberIn(typed.maxErrorGrowth),
        minUsers: numberIn(typed.minUsers),
        watchMinutes: numberIn(typed.watchMinutes),
        noDataHours: numberIn(typed.noDataHours),
      },
    }),
    onDone: () => toast(texts.saved),
  })
  return (
    <ConfirmButton
      size="small"
      title={texts.formTitle}
      confirm={texts.save}
      action={action}
      onOpen={() => reset(draftOf(guard))}
      onConfirm={send}
      consequence={
        <div className="stack">
          <p className="soft">{texts.formWords}</p>
          <div className="columns two">
            <ChoiceField
              label={texts.then}
              {...field('then')}
              choices={[
                { value: 'pause', label: texts.thenPause },
                { value: 'rollback', label: texts.thenRollback },
              ]}
            />
            {numbers.map((name) => (
              <TextField key={name} label={texts[name]} {...field(name)} />
            ))}
            <ChoiceField
              label={texts.noDataThen}
              {...field('noData')}
              choices={[
                { value: 'wait', label: texts.noDataWait },
                { value: 'goOn', label: texts.noDataGoOn },
              ]}
            />
          </div>
          <CheckField label={texts.newErrorsCount} {...field('newErrors')} />
        </div>
      }
    >
      {guard ? texts.change : texts.set}
    </ConfirmButton>
  )
}
