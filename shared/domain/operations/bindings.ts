import * as v from 'valibot'
import { bindByCodeOrAppid, createLink, listBindings, readBinding, unbind } from '../authorizers/bindings.ts'
import { accountType, appid, attributes, businessId, choice, integer, page, text } from '../inputs.ts'
import { changing, reading } from '../operation.ts'

const authCode = text(512)

export const bindingOperations = {
  'bindings.createLink': changing({
    role: 'operator',
    summary: 'Make an invite link with which a merchant authorizes the platform for a business',
    input: {
      businessId,
      returnUrl: v.optional(text(2048)),
      accountType: v.optional(choice(['miniprogram', 'official', 'any']), 'miniprogram'),
      appid: v.optional(appid),
      attributes: v.optional(attributes, {}),
      expiresInHours: v.optional(integer(1, 8760), 168),
    },
    run: (platform, input, { activityId }) => createLink(platform, input, activityId),
  }),
  'bindings.bind': changing({
    role: 'operator',
    summary: 'Tie an authorizer to a business, by an authorization code or by its appid',
    input: {
      businessId,
      authCode: v.optional(authCode),
      appid: v.optional(appid),
      attributes: v.optional(attributes),
      replace: v.optional(v.boolean('must be true or false')),
    },
    check: (input) =>
      (input.authCode === undefined) === (input.appid === undefined)
        ? [input.authCode === undefined ? 'authCode' : 'appid', 'Give either authCode or appid']
        : undefined,
    run: (platform, input) => bindByCodeOrAppid(platform, input),
  }),
  'bindings.get': reading({
    role: 'viewer',
    summary: 'How the binding of a business stands: none, pending, bound or revoked',
    input: { businessId, accountType: v.optional(choice(['miniprogram', 'official', 'any'])) },
    run: (platform, input) => readBinding(platform, input.businessId, input.accountType),
  }),
  'bindings.list': reading({
    role: 'viewer',
    summary: 'All bindings',
    input: { ...page, status: v.optional(choice(['none', 'pending', 'bound', 'revoked'])) },
    run: (platform, { status, ...request }) => listBindings(platform, { status }, request),
  }),
  'bindings.unbind': changing({
    role: 'operator',
    summary: 'Untie the authorizer of a business; the authorization itself stays',
    input: { businessId, accountType: v.optional(accountType) },
    run: (platform, input, run) => unbind(platform, input, run),
  }),
}
