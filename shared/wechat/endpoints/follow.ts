/** The component with which users follow an official account (公众号关注组件). */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, integer, maybeInteger, maybeText, rowsOf, text } from './shapes.ts'

const permissionSets = [30]

export const follow = {
  shown: get('authorizer', '/wxa/getshowwxaitem', {
    title: { en: 'Which account the follow component shows', zh: '关注组件展示的公众号' },
    reads: 'followedAccounts.get',
    reply: () =>
      v.looseObject({ can_open: maybeInteger, is_open: maybeInteger, appid: maybeText, nickname: maybeText }),
    repeat: 'safe',
    permissionSets,
    link: docs(),
  }),
  candidates: get('authorizer', '/wxa/getwxamplinkforshow', {
    title: { en: 'Accounts the follow component may show', zh: '关注组件可展示的公众号' },
    reads: 'followedAccounts.candidates',
    query: () => v.strictObject({ page: v.number(), num: v.number() }),
    reply: () =>
      v.looseObject({
        total_num: integer,
        biz_info_list: v.nullish(rowsOf(v.looseObject({ appid: text, nickname: maybeText })), []),
      }),
    repeat: 'safe',
    permissionSets,
    link: docs(),
  }),
  show: post('authorizer', '/wxa/updateshowwxaitem', {
    title: { en: 'Show an account in the follow component, or none', zh: '设置关注组件展示的公众号' },
    changes: 'followedAccounts.set',
    body: () => v.strictObject({ wxa_subscribe_biz_flag: v.picklist([0, 1]), appid: v.optional(v.string()) }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: docs(),
  }),
}
