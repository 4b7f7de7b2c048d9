/** Registering mini programs for merchants. Results arrive as events. */
import * as v from 'valibot'
import { docs, post } from './endpoint.ts'
import { acknowledged, maybeInteger, maybeText, text } from './shapes.ts'

const page = (name: string): string => docs(`register-management/${name}`)
const create = () => v.strictObject({ action: v.optional(v.literal('create'), 'create') })
const codeType = v.picklist([1, 2, 3])

export const registrations = {
  /** WeChat announced to switch this endpoint off on 2026-04-30. */
  enterprise: post('component', '/cgi-bin/component/fastregisterweapp', {
    title: { en: 'Register a mini program for an enterprise', zh: '为企业注册小程序' },
    changes: 'registrations.enterprise',
    role: 'owner',
    query: create,
    body: () =>
      v.strictObject({
        name: v.string(),
        code: v.string(),
        code_type: codeType,
        legal_persona_wechat: v.string(),
        legal_persona_name: v.string(),
        component_phone: v.optional(v.string()),
      }),
    reply: acknowledged,
    repeat: 'never',
    link: page('fast-registration-ent/registerMiniprogram'),
  }),
  enterpriseState: post('component', '/cgi-bin/component/fastregisterweapp', {
    title: { en: 'State of the registration of an enterprise', zh: '企业注册的状态' },
    reads: 'registrations.enterpriseState',
    role: 'owner',
    query: () => v.strictObject({ action: v.optional(v.literal('search'), 'search') }),
    body: () => v.strictObject({ name: v.string(), legal_persona_wechat: v.string(), legal_persona_name: v.string() }),
    reply: acknowledged,
    repeat: 'safe',
    link: page('fast-registration-ent/registerMiniprogram'),
  }),
  person: post('component', '/wxa/component/fastregisterpersonalweapp', {
    title: { en: 'Register a mini program for a person', zh: '为个人注册小程序' },
    changes: 'registrations.person',
    role: 'owner',
    query: create,
    body: () =>
      v.strictObject({
        idname: v.string(),
        wxuser: v.string(),
        component_phone: v.optional(v.string()),
        new_version: v.optional(v.boolean()),
      }),
    reply: () => v.looseObject({ taskid: maybeText, authorize_url: maybeText, status: maybeInteger }),
    repeat: 'never',
    link: page('fast-registration-ind/fastRegisterPersonalMp'),
  }),
  personState: post('component', '/wxa/component/fastregisterpersonalweapp', {
    title: { en: 'State of the registration of a person', zh: '个人注册的状态' },
    reads: 'registrations.personState',
    role: 'owner',
    query: () => v.strictObject({ action: v.optional(v.literal('query'), 'query') }),
    body: () => v.strictObject({ taskid: v.string() }),
    reply: () => v.looseObject({ taskid: maybeText, authorize_url: maybeText, status: maybeInteger }),
    repeat: 'safe',
    link: page('fast-registration-ind/fastRegisterPersonalMp'),
  }),
  beta: post('component', '/wxa/component/fastregisterbetaweapp', {
    title: { en: 'Create a trial mini program', zh: '创建试用小程序' },
    changes: 'registrations.trial',
    role: 'owner',
    body: () => v.strictObject({ name: v.string(), openid: v.string() }),
    reply: () => v.looseObject({ unique_id: maybeText, authorize_url: text }),
    repeat: 'never',
    link: page('fast-regist-beta/registerBetaMiniprogram'),
  }),
  verifyBeta: post('authorizer', '/wxa/verifybetaweapp', {
    title: { en: 'Make a trial mini program a regular one', zh: '试用小程序转正' },
    changes: 'registrations.verifyTrial',
    role: 'owner',
    body: () =>
      v.strictObject({
        verify_info: v.strictObject({
          enterprise_name: v.string(),
          code: v.string(),
          code_type: v.optional(codeType),
          legal_persona_wechat: v.optional(v.string()),
          legal_persona_name: v.optional(v.string()),
          legal_persona_idcard: v.optional(v.string()),
          component_phone: v.optional(v.string()),
          new_version: v.optional(v.boolean()),
        }),
      }),
    reply: acknowledged,
    repeat: 'never',
    permissionSets: [81],
    link: page('fast-regist-beta/verfifyBetaMiniprogram'),
  }),
  renameBeta: post('authorizer', '/wxa/setbetaweappnickname', {
    title: { en: 'Rename a trial mini program', zh: '修改试用小程序的名称' },
    changes: 'registrations.renameTrial',
    role: 'owner',
    body: () => v.strictObject({ name: v.string() }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [81],
    link: page('fast-regist-beta/modifyBetaMiniprogramNickName'),
  }),
  byOfficialAccount: post('authorizer', '/cgi-bin/account/fastregister', {
    title: { en: 'Register a mini program with the documents of an official account', zh: '用公众号资料注册小程序' },
    body: () => v.object({ ticket: v.string() }),
    reply: () => v.looseObject({ appid: text, authorization_code: maybeText }),
    repeat: 'never',
    permissionSets: [27],
    link: page('fast-registration-officalaccount/registerMiniprogramByOffiaccount'),
  }),
  changeAdministrator: post('authorizer', '/cgi-bin/account/componentrebindadmin', {
    title: { en: 'Change the administrator of a mini program', zh: '更换小程序管理员' },
    changes: 'registrations.changeAdministrator',
    role: 'owner',
    body: () => v.strictObject({ taskid: v.string() }),
    reply: acknowledged,
    repeat: 'never',
    permissionSets: [30],
    link: docs(),
  }),
}
