/** Open-platform accounts, which give users one unionid across several accounts. */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, text } from './shapes.ts'

const page = (name: string): string => docs(`thirdparty-management/openplatform-management/${name}`)
const pair = () => v.object({ appid: v.string(), open_appid: v.string() })

export const openAccounts = {
  create: post('authorizer', '/cgi-bin/open/create', {
    title: 'Create an open-platform account and bind it',
    body: () => v.object({ appid: v.string() }),
    reply: () => v.looseObject({ open_appid: text }),
    repeat: 'readBack',
    link: page('createOpenAccount'),
  }),
  bind: post('authorizer', '/cgi-bin/open/bind', {
    title: 'Bind to an open-platform account',
    body: pair,
    reply: acknowledged,
    repeat: 'readBack',
    link: page('bindOpenAccount'),
  }),
  unbind: post('authorizer', '/cgi-bin/open/unbind', {
    title: 'Unbind from an open-platform account',
    body: pair,
    reply: acknowledged,
    repeat: 'readBack',
    link: page('unbindOpenAccount'),
  }),
  get: post('authorizer', '/cgi-bin/open/get', {
    title: 'Which open-platform account it is bound to',
    body: () => v.object({ appid: v.string() }),
    reply: () => v.looseObject({ open_appid: text }),
    repeat: 'safe',
    link: page('getOpenAccount'),
  }),
  isBound: get('authorizer', '/cgi-bin/open/have', {
    title: 'Whether it is bound to an open-platform account',
    reply: () => v.looseObject({ have_open: v.boolean() }),
    repeat: 'safe',
    permissionSets: [30],
    link: docs('miniprogram-management/basic-info-management/getBindOpenAccount'),
  }),
  isSameSubject: get('authorizer', '/cgi-bin/open/sameentity', {
    title: 'Whether the open-platform account has the same subject',
    reply: () => v.looseObject({ same_entity: v.boolean() }),
    repeat: 'safe',
    permissionSets: [30],
    link: docs('miniprogram-management/basic-info-management/getBindOpenAccountEntity'),
  }),
}
