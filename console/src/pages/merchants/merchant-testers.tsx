import * as v from 'valibot'
import { useOperation } from '../../api/use-operation.ts'
import { EmptyState } from '../../parts/empty-state.tsx'
import { TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Panel } from '../../parts/panel.tsx'
import { toast } from '../../parts/toast.tsx'
import { useTexts } from '../../text/language.ts'
import { testerTexts } from '../../text/merchant.ts'
import { useForm } from '../../api/use-form.ts'
import { OperationButton } from '../../parts/confirm-button.tsx'
import { Pending } from '../../parts/waiting.tsx'

const testersShape = v.array(v.object({ userstr: v.string() }))

export const MerchantTesters = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(testerTexts)
  const list = useOperation('miniprograms.listTesters', { appid })
  const testers = list.data && v.parse(testersShape, list.data.items)
  return (
    <Panel title={texts.title}>
      <div className="stack">
        <p className="soft">{texts.about}</p>
        <TesterForm appid={appid} />
        <Pending of={list} />
        {testers?.length === 0 && <EmptyState title={texts.none}>{texts.noneHint}</EmptyState>}
        {testers && testers.length > 0 && (
          <ul className="tester-list">
            {testers.map(({ userstr }) => (
              <li key={userstr}>
                <span className="fine">{texts.userstr}</span> <span className="mono">{userstr}</span>
              </li>
            ))}
          </ul>
        )}
      </div>
    </Panel>
  )
}

const TesterForm = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(testerTexts)
  const form = useForm('miniprograms.bindTester', {
    begin: { wechatId: '' },
    input: (values) => ({ appid, wechatId: values.wechatId.trim() }),
    onDone: () => {
      toast(texts.bound)
      form.reset()
    },
  })
  const wechatId = form.values.wechatId.trim()
  return (
    <Form
      form={form}
      submit={texts.bind}
      beside={
        <OperationButton
          operation="miniprograms.unbindTester"
          input={{ appid, wechatId }}
          title={texts.unbindTitle}
          consequence={texts.unbindConsequence}
          confirm={texts.unbind}
          done={texts.unbound}
          danger
          disabled={wechatId === ''}
        >
          {texts.unbindById}
        </OperationButton>
      }
      tight
    >
      <TextField label={texts.wechatId} {...form.field('wechatId')} />
    </Form>
  )
}
