import { useState } from 'react'
import type { Authorizer } from '../../../../client/src/client.ts'
import { useAction } from '../../api/use-action.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Button } from '../../parts/button.tsx'
import { ConfirmButton } from '../../parts/confirm-button.tsx'
import { ErrorNotice } from '../../parts/notice.tsx'
import { Facts, Panel } from '../../parts/panel.tsx'
import { TextField } from '../../parts/fields.tsx'
import { Form } from '../../parts/form.tsx'
import { Mark } from '../../parts/mark.tsx'
import { TimeText } from '../../parts/time-text.tsx'
import { toast } from '../../parts/toast.tsx'
import { useLanguage, useTexts } from '../../text/language.ts'
import { accessTexts } from '../../text/merchant.ts'
import { permissionSetName } from '../../wechat/permission-sets.ts'
import { InviteDialog } from './invite.tsx'

/** Whether the platform can still work for this merchant, and how to repair it. */
export const MerchantAccess = ({ authorizer }: { readonly authorizer: Authorizer }) => (
  <div className="columns two">
    <Token authorizer={authorizer} />
    <Permissions authorizer={authorizer} />
    <Again authorizer={authorizer} />
    <BindingPanel authorizer={authorizer} />
  </div>
)

const Token = ({ authorizer: { status, tokenExpiresAt } }: { readonly authorizer: Authorizer }) => {
  const texts = useTexts(accessTexts)
  const isValid = tokenExpiresAt !== undefined && Date.parse(tokenExpiresAt) > Date.now()
  const standing =
    status !== 'active' ? (
      <Mark tone="bad">{texts.tokenBad}</Mark>
    ) : isValid ? (
      <Mark tone="good">{texts.tokenGood}</Mark>
    ) : (
      <Mark tone="calm">{texts.tokenDue}</Mark>
    )
  return (
    <Panel title={texts.token}>
      <div className="stack tight">
        <div className="row">
          {standing}
          {isValid && (
            <span className="soft">
              {texts.expires} <TimeText value={tokenExpiresAt} form="ago" />
            </span>
          )}
        </div>
        <p className="soft">{texts.tokenAbout}</p>
      </div>
    </Panel>
  )
}

const Permissions = ({ authorizer: { funcInfo, missing } }: { readonly authorizer: Authorizer }) => {
  const texts = useTexts(accessTexts)
  const { language } = useLanguage()
  return (
    <Panel title={texts.permissions}>
      <div className="stack tight">
        {missing.length === 0 ? (
          <p className="soft">{texts.allGranted}</p>
        ) : (
          <div className="row">
            <span>{texts.missing}</span>
            {missing.map((id) => (
              <Mark key={id} tone="warn">
                {permissionSetName(id, language)}
              </Mark>
            ))}
          </div>
        )}
        <div className="row">
          <span>{texts.granted}</span>
          {funcInfo.map((id) => (
            <Mark key={id}>{permissionSetName(id, language)}</Mark>
          ))}
        </div>
      </div>
    </Panel>
  )
}

const Again = ({ authorizer: { appid, businessId } }: { readonly authorizer: Authorizer }) => {
  const texts = useTexts(accessTexts)
  const [open, setOpen] = useState(false)
  return (
    <Panel title={texts.again}>
      <div className="stack tight">
        <p className="soft">{texts.againAbout}</p>
        <div className="row">
          <Button variant="outline" onClick={() => setOpen(true)}>
            {texts.makeLink}
          </Button>
        </div>
        <InviteDialog
          open={open}
          appid={appid}
          onClose={() => setOpen(false)}
          {...(businessId !== undefined && { businessId })}
        />
      </div>
    </Panel>
  )
}

const BindingPanel = ({ authorizer: { appid, businessId } }: { readonly authorizer: Authorizer }) => {
  const texts = useTexts(accessTexts)
  return (
    <Panel title={texts.binding}>
      <div className="stack tight">
        <p className="soft">{texts.bindingAbout}</p>
        {businessId === undefined ? <BindForm appid={appid} /> : <Bound businessId={businessId} />}
      </div>
    </Panel>
  )
}

const Bound = ({ businessId }: { readonly businessId: string }) => {
  const texts = useTexts(accessTexts)
  const { data } = useOperation('bindings.get', { businessId })
  const unbind = useAction('bindings.unbind')
  const attributes = Object.entries(data?.attributes ?? {})
  return (
    <>
      <Facts
        facts={[
          [texts.bindTo, businessId],
          [
            texts.attributes,
            data && attributes.length === 0 ? <span className="soft">{texts.noAttributes}</span> : undefined,
          ],
          ...attributes.map(([name, value]) => [name, value] as const),
        ]}
      />
      <div className="row">
        <ConfirmButton
          danger
          title={texts.unbindTitle}
          consequence={texts.unbindConsequence(businessId)}
          action={unbind}
          onConfirm={async () => {
            const done = await unbind.run({ businessId })
            if (done) toast(texts.unbound)
            return done !== undefined
          }}
        >
          {texts.unbind}
        </ConfirmButton>
      </div>
    </>
  )
}

const BindForm = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(accessTexts)
  const [businessId, setBusinessId] = useState('')
  const bind = useAction('bindings.bind')
  const submit = async (): Promise<void> => {
    if (await bind.run({ businessId: businessId.trim(), appid })) toast(texts.bound)
  }
  return (
    <Form onSubmit={submit} action={bind} tight>
      <p>{texts.notBound}</p>
      <div className="row field-row">
        <TextField label={texts.bindTo} value={businessId} onChange={setBusinessId} mono />
        <Button type="submit" variant="outline" loading={bind.busy} disabled={businessId.trim() === ''}>
          {texts.bind}
        </Button>
      </div>
      <ErrorNotice problem={bind.problem} />
    </Form>
  )
}
