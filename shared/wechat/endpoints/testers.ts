/** People who may open the trial version (体验者). Keep the userstr: the list never tells a WeChat id. */
import * as v from 'valibot'
import { docs, post } from './endpoint.ts'
import { acknowledged, maybeText, rowsOf, text } from './shapes.ts'

const permissionSets = [18]
const page = (name: string): string => docs(`miniprogram-management/member-management/${name}`)

export const testers = {
  bind: post('authorizer', '/wxa/bind_tester', {
    title: { en: 'Add a tester', zh: '添加体验者' },
    body: () => v.object({ wechatid: v.string() }),
    reply: () => v.looseObject({ userstr: maybeText }),
    repeat: 'readBack',
    permissionSets,
    link: page('bindTester'),
  }),
  unbind: post('authorizer', '/wxa/unbind_tester', {
    title: { en: 'Remove a tester', zh: '移除体验者' },
    body: () => v.union([v.object({ wechatid: v.string() }), v.object({ userstr: v.string() })]),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('unbindTester'),
  }),
  list: post('authorizer', '/wxa/memberauth', {
    title: { en: 'All testers', zh: '全部体验者' },
    body: () => v.object({ action: v.literal('get_experiencer') }),
    reply: () => v.looseObject({ members: v.nullish(rowsOf(v.looseObject({ userstr: text })), []) }),
    repeat: 'safe',
    permissionSets,
    link: page('getTester'),
  }),
}
