/** We分析. */
import { docs, post } from '../endpoints/endpoint.ts'
import { acknowledged } from '../endpoints/shapes.ts'
import { list, may, says, takes, text, whole } from './fields.ts'

const permissionSets = [18]

export const analytics = {
  settings: post('component', '/wedata/wedata_get_login_config', {
    title: { en: 'How users sign in to We分析', zh: 'We 分析的登录设置' },
    reads: 'analytics.settings',
    reply: () =>
      says({
        component_appid: text,
        component_nickname: text,
        recheck_url: text,
        appinfo: list(says({ appid: text, nickname: text })),
      }),
    repeat: 'safe',
    link: docs('miniprogram-management/we-analysis/weDataGetLoginConfig'),
  }),
  setSettings: post('component', '/wedata/wedata_set_login_config', {
    title: { en: 'Change how users sign in to We分析', zh: '修改 We 分析的登录设置' },
    changes: 'analytics.setSettings',
    body: () => takes({ set_type: whole, recheck_url: may(text), associate_appid: may(list(text)) }),
    reply: acknowledged,
    repeat: 'safe',
    link: docs('miniprogram-management/we-analysis/weDataSetLoginConfig'),
  }),
  listPermissions: post('authorizer', '/wedata/wedata_get_perm_list', {
    title: { en: 'Permissions that a user may have in We分析', zh: 'We 分析可授予的权限' },
    reads: 'analytics.listPermissions',
    reply: () => says({ perm: list(says({ perm_id: text, name: text, desc: text })) }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/we-analysis/weDataGetPermList'),
  }),
  listUsers: post('authorizer', '/wedata/wedata_query_bind_list', {
    title: { en: 'Users of We分析', zh: 'We 分析的用户' },
    reads: 'analytics.listUsers',
    role: 'owner',
    reply: () =>
      says({
        info: list(
          says({
            uid: text,
            is_bind: whole,
            nickname: text,
            head_url: text,
            create_time: whole,
            update_time: whole,
            perm: list(says({ perm_id: text, name: text, desc: text })),
          }),
        ),
      }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/we-analysis/weDataQueryBindList'),
  }),
  setPermissions: post('authorizer', '/wedata/wedata_set_user_perm', {
    title: { en: 'What a user may do in We分析', zh: '设置 We 分析用户的权限' },
    changes: 'analytics.setPermissions',
    role: 'owner',
    body: () => takes({ uid: text, perm: list(takes({ perm_id: text, name: may(text), desc: may(text) })) }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/we-analysis/weDataSetUserPerm'),
  }),
  deleteUser: post('authorizer', '/wedata/wedata_unbind_user', {
    title: { en: 'Remove a user from We分析', zh: '解绑 We 分析的用户' },
    changes: 'analytics.deleteUser',
    role: 'owner',
    body: () => takes({ uid: text }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/we-analysis/weDataUnbindUser'),
  }),
}
