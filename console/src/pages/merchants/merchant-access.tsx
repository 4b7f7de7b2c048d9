import { useState } from 'react'
import type { Authorizer } from '../../../../client/src/client.ts'
import { useOperation } from '../../api/use-operation.ts'
import { Button } from '../../parts/button.tsx'
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
import { useForm } from '../../api/use-form.ts'
import { OperationButton } from '../../parts/confirm-button.tsx'

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
        <OperationButton
          operation="bindings.unbind"
          input={{ businessId }}
          danger
          title={texts.unbindTitle}
          consequence={texts.unbindConsequence(businessId)}
          done={texts.unbound}
        >
          {texts.unbind}
        </OperationButton>
      </div>
    </>
  )
}

const BindForm = ({ appid }: { readonly appid: string }) => {
  const texts = useTexts(accessTexts)
  const form = useForm('bindings.bind', {
    begin: { businessId: '' },
    input: ({ businessId }) => ({ businessId: businessId.trim(), appid }),
    onDone: () => toast(texts.bound),
  })
  return (
    <Form form={form} tight submit={texts.bind}>
      <p>{texts.notBound}</p>
      <TextField label={texts.bindTo} {...form.field('businessId')} mono />
    </Form>
  )
}
