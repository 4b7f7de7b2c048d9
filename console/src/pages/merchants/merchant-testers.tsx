import { useState } from 'react'
import * as v from 'valibot'
import { useAction } from '../../api/use-action.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { EmptyState } from '../../parts/empty-state.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Panel } from '../../parts/panel.tsx'
import { toast } from '../../parts/toast.tsx'
import { Waiting } from '../../parts/waiting.tsx'
import { useTexts } from '../../text/language.ts'
import { testerTexts } from '../../text/merchant.ts'

const testersShape = v.array(v.object({ userstr: v.string() }))

export const MerchantTesters = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(testerTexts)
  const { data, problem, reload } = useOperation('miniprograms.listTesters', { appid })
  const testers = data && v.parse(testersShape, data.items)
  return (
    <Panel title={texts.title}>
      <div className="stack">
        <p className="soft">{texts.about}</p>
        <TesterForm appid={appid} />
        <ErrorNotice problem={problem} onRetry={reload} />
        {!testers && !problem && <Waiting />}
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
  const [wechatId, setWechatId] = useState('')
  const bind = useAction('miniprograms.bindTester')
  const unbind = useAction('miniprograms.unbindTester')
  const given = wechatId.trim()
  const add = async (): Promise<void> => {
    if (!(await bind.run({ appid, wechatId: given }))) return
    toast(texts.bound)
    setWechatId('')
  }
  const remove = async (): Promise<boolean> => {
    const done = await unbind.run({ appid, wechatId: given })
    if (done) toast(texts.unbound)
    return done !== undefined
  }
  return (
    <Form onSubmit={() => given !== '' && add()} action={bind} tight>
      <div className="row field-row">
        <TextField label={texts.wechatId} value={wechatId} onChange={setWechatId} />
        <Button type="submit" loading={bind.busy} disabled={given === ''}>
          {texts.bind}
        </Button>
        <ConfirmButton
          title={texts.unbindTitle}
          consequence={texts.unbindConsequence}
          confirm={texts.unbind}
          danger
          disabled={given === ''}
          action={unbind}
          onConfirm={remove}
        >
          {texts.unbindById}
        </ConfirmButton>
      </div>
      <ErrorNotice problem={bind.problem} />
    </Form>
  )
}
