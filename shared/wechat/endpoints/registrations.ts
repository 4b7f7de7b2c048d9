/** Registering mini programs for merchants. Results arrive as events. */
import * as v from 'valibot'
import { docs, post } from './endpoint.ts'
import { acknowledged, maybeInteger, maybeText, text } from './shapes.ts'

const page = (name: string): string => docs(`register-management/${name}`)
const create = () => v.object({ action: v.literal('create') })
const codeType = v.picklist([1, 2, 3])

export const registrations = {
  /** WeChat announced to switch this endpoint off on 2026-04-30. */
  enterprise: post('component', '/cgi-bin/component/fastregisterweapp', {
    title: 'Register a mini program for an enterprise',
    query: create,
    body: () =>
      v.object({
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
    title: 'State of the registration of an enterprise',
    query: () => v.object({ action: v.literal('search') }),
    body: () => v.object({ name: v.string(), legal_persona_wechat: v.string(), legal_persona_name: v.string() }),
    reply: acknowledged,
    repeat: 'safe',
    link: page('fast-registration-ent/registerMiniprogram'),
  }),
  person: post('component', '/wxa/component/fastregisterpersonalweapp', {
    title: 'Register a mini program for a person',
    query: create,
    body: () =>
      v.object({
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
    title: 'State of the registration of a person',
    query: () => v.object({ action: v.literal('query') }),
    body: () => v.object({ taskid: v.string() }),
    reply: () => v.looseObject({ taskid: maybeText, authorize_url: maybeText, status: maybeInteger }),
    repeat: 'safe',
    link: page('fast-registration-ind/fastRegisterPersonalMp'),
  }),
  beta: post('component', '/wxa/component/fastregisterbetaweapp', {
    title: 'Create a trial mini program (试用小程序)',
    body: () => v.object({ name: v.string(), openid: v.string() }),
    reply: () => v.looseObject({ unique_id: maybeText, authorize_url: text }),
    repeat: 'never',
    link: page('fast-regist-beta/registerBetaMiniprogram'),
  }),
  verifyBeta: post('authorizer', '/wxa/verifybetaweapp', {
    title: 'Make a trial mini program a regular one',
    body: () =>
      v.object({
        verify_info: v.object({
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
    title: 'Rename a trial mini program',
    body: () => v.object({ name: v.string() }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [81],
    link: page('fast-regist-beta/modifyBetaMiniprogramNickName'),
  }),
  byOfficialAccount: post('authorizer', '/cgi-bin/account/fastregister', {
    title: 'Register a mini program with the documents of an official account',
    body: () => v.object({ ticket: v.string() }),
    reply: () => v.looseObject({ appid: text, authorization_code: maybeText }),
    repeat: 'never',
    permissionSets: [27],
    link: page('fast-registration-officalaccount/registerMiniprogramByOffiaccount'),
  }),
  changeAdministrator: post('authorizer', '/cgi-bin/account/componentrebindadmin', {
    title: 'Change the administrator of a mini program',
    body: () => v.object({ taskid: v.string() }),
    reply: acknowledged,
    repeat: 'never',
    permissionSets: [30],
    link: docs(),
  }),
}
