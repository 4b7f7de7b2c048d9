/** Open-platform accounts, which give users one unionid across several accounts. */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, text } from './shapes.ts'

const page = (name: string): string => docs(`thirdparty-management/openplatform-management/${name}`)
const pair = () => v.strictObject({ appid: v.string(), open_appid: v.string() })

export const openAccounts = {
  create: post('authorizer', '/cgi-bin/open/create', {
    title: { en: 'Create an open-platform account and bind it', zh: '创建开放平台账号并绑定' },
    changes: 'openAccounts.create',
    body: () => v.strictObject({ appid: v.string() }),
    reply: () => v.looseObject({ open_appid: text }),
    repeat: 'readBack',
    link: page('createOpenAccount'),
  }),
  bind: post('authorizer', '/cgi-bin/open/bind', {
    title: { en: 'Bind to an open-platform account', zh: '绑定开放平台账号' },
    changes: 'openAccounts.bind',
    body: pair,
    reply: acknowledged,
    repeat: 'readBack',
    link: page('bindOpenAccount'),
  }),
  unbind: post('authorizer', '/cgi-bin/open/unbind', {
    title: { en: 'Unbind from an open-platform account', zh: '解绑开放平台账号' },
    changes: 'openAccounts.unbind',
    body: pair,
    reply: acknowledged,
    repeat: 'readBack',
    link: page('unbindOpenAccount'),
  }),
  get: post('authorizer', '/cgi-bin/open/get', {
    title: { en: 'Which open-platform account it is bound to', zh: '所绑定的开放平台账号' },
    reads: 'openAccounts.get',
    body: () => v.strictObject({ appid: v.string() }),
    reply: () => v.looseObject({ open_appid: text }),
    repeat: 'safe',
    link: page('getOpenAccount'),
  }),
  isBound: get('authorizer', '/cgi-bin/open/have', {
    title: { en: 'Whether it is bound to an open-platform account', zh: '是否已绑定开放平台账号' },
    reads: 'openAccounts.isBound',
    reply: () => v.looseObject({ have_open: v.boolean() }),
    repeat: 'safe',
    permissionSets: [30],
    link: docs('miniprogram-management/basic-info-management/getBindOpenAccount'),
  }),
  isSameSubject: get('authorizer', '/cgi-bin/open/sameentity', {
    title: { en: 'Whether the open-platform account has the same subject', zh: '开放平台账号是否同主体' },
    reads: 'openAccounts.isSameSubject',
    reply: () => v.looseObject({ same_entity: v.boolean() }),
    repeat: 'safe',
    permissionSets: [30],
    link: docs('miniprogram-management/basic-info-management/getBindOpenAccountEntity'),
  }),
}
