/** What a mini program is tied to: official accounts, open-platform accounts, other mini programs, plugins, QR codes. */
import { docs, get, post, shownBy, site } from '../endpoints/endpoint.ts'
import { acknowledged } from '../endpoints/shapes.ts'
import { fixed, flag, list, may, oneOf, says, takes, text, whole } from './fields.ts'

const permissionSets = [18]

const wxaEmbeddedListSaid = () =>
  says({ appid: text, nickname: text, headimg: text, reason: text, status: whole, create_time: whole })

const nothing = () => ({})

const listing = () => ({ body: { action: 'list' as const } })

const PUBLISHED = 2

const isAmong = (appid: unknown, all: readonly { readonly appid?: string | undefined }[] = []) =>
  all.some((one) => one.appid === appid) && {}

const ofAccount = ({ appid }: Readonly<Record<string, unknown>>) => ({ body: { appid: String(appid) } })

export const followedAccounts = {
  get: get('authorizer', '/wxa/getshowwxaitem', {
    title: { en: 'Which account the follow component shows', zh: '关注组件展示的公众号' },
    reads: 'followedAccounts.get',
    reply: () => says({ can_open: whole, is_open: whole, appid: text, nickname: text, headimg: text }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/subscribe-component/getShowItem'),
  }),
  candidates: get('authorizer', '/wxa/getwxamplinkforshow', {
    title: { en: 'Accounts the follow component may show', zh: '关注组件可展示的公众号' },
    reads: 'followedAccounts.candidates',
    query: () => takes({ page: whole, num: whole }),
    reply: () => says({ biz_info_list: list(says({ appid: text, nickname: text, headimg: text })), total_num: whole }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/subscribe-component/getLinkForShow'),
  }),
  set: post('authorizer', '/wxa/updateshowwxaitem', {
    title: { en: 'Show an account in the follow component, or none', zh: '设置关注组件展示的公众号' },
    changes: 'followedAccounts.set',
    body: () => takes({ wxa_subscribe_biz_flag: oneOf([0, 1]), appid: may(text) }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/subscribe-component/setShowItem'),
  }),
}

export const linkedAccounts = {
  list: post('authorizer', '/cgi-bin/wxopen/wxamplinkget', {
    title: { en: 'Mini programs linked with an official account', zh: '与公众号关联的小程序' },
    reads: 'linkedAccounts.list',
    role: 'owner',
    reply: () =>
      says({
        wxopens: says({
          items: list(
            says({
              appid: text,
              username: text,
              nickname: text,
              headimg_url: text,
              email: text,
              source: text,
              status: whole,
              selected: whole,
              nearby_display_status: whole,
              released: whole,
              func_infos: list(says({ id: whole, name: text, status: whole })),
            }),
          ),
        }),
      }),
    repeat: 'safe',
    permissionSets: [33],
    link: docs('officalaccount-management/link-miniprogram/getLinkMiniprogram'),
  }),
  add: post('authorizer', '/cgi-bin/wxopen/wxamplink', {
    title: { en: 'Link a mini program with an official account', zh: '公众号关联小程序' },
    changes: 'linkedAccounts.add',
    body: () => takes({ appid: text, notify_users: oneOf([0, 1]), show_profile: oneOf([0, 1]) }),
    reply: acknowledged,
    repeat: 'never',
    permissionSets: [33],
    link: docs('officalaccount-management/link-miniprogram/linkMiniprogram'),
  }),
  delete: post('authorizer', '/cgi-bin/wxopen/wxampunlink', {
    title: { en: 'Undo the link between an official account and a mini program', zh: '解除公众号与小程序的关联' },
    changes: 'linkedAccounts.delete',
    body: () => takes({ appid: text }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [33],
    link: docs('officalaccount-management/link-miniprogram/unlinkMiniprogram'),
  }),
}

const rules = post('authorizer', '/cgi-bin/wxopen/qrcodejumpget', {
  title: { en: 'Rules by which ordinary QR codes open the mini program', zh: '普通链接二维码规则' },
  reads: 'qrRules.list',
  body: () =>
    takes({
      appid: may(text),
      get_type: may(whole),
      prefix_list: may(list(text)),
      page_num: may(whole),
      page_size: may(whole),
    }),
  reply: () =>
    says({
      list_size: whole,
      rule_list: list(
        says({
          prefix: text,
          permit_sub_rule: whole,
          state: whole,
          path: text,
          open_version: whole,
          debug_url: list(text),
        }),
      ),
      qrcodejump_pub_quota: whole,
      qrcodejump_open: whole,
    }),
  repeat: 'safe',
  permissionSets: [3, 18],
  link: docs('miniprogram-management/jumpqrcode-config/getJumpQRCode'),
})

export const qrRules = {
  list: rules,
  put: post('authorizer', '/cgi-bin/wxopen/qrcodejumpadd', {
    title: {
      en: 'Add or change a rule by which ordinary QR codes open the mini program',
      zh: '新增或修改普通链接二维码规则',
    },
    changes: 'qrRules.put',
    body: () =>
      takes({
        prefix: text,
        permit_sub_rule: may(whole),
        state: may(whole),
        appid: may(text),
        path: text,
        open_version: may(whole),
        debug_url: may(list(text)),
        is_edit: oneOf([0, 1]),
      }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [3, 18],
    link: docs('miniprogram-management/jumpqrcode-config/addJumpQRCode'),
  }),
  delete: post('authorizer', '/cgi-bin/wxopen/qrcodejumpdelete', {
    title: { en: 'Delete a rule of ordinary QR codes', zh: '删除普通链接二维码规则' },
    changes: 'qrRules.delete',
    body: () => takes({ prefix: text, appid: may(text) }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets: [3, 18],
    link: docs('miniprogram-management/jumpqrcode-config/deleteJumpQRCode'),
  }),
  publish: post('authorizer', '/cgi-bin/wxopen/qrcodejumppublish', {
    title: { en: 'Put a rule of ordinary QR codes live', zh: '发布普通链接二维码规则' },
    changes: 'qrRules.publish',
    body: () => takes({ prefix: text }),
    reply: acknowledged,
    readBack: shownBy(
      rules,
      nothing,
      ({ rule_list: list = [] }, { prefix }) =>
        list.some((rule) => rule.prefix === prefix && rule.state === PUBLISHED) && {},
    ),
    repeat: 'never',
    permissionSets: [3, 18],
    link: docs('miniprogram-management/jumpqrcode-config/publishJumpQRCode'),
  }),
  confirmFile: post('authorizer', '/cgi-bin/wxopen/qrcodejumpdownload', {
    title: { en: 'File to serve on the domain of the codes', zh: '二维码链接域名需放置的校验文件' },
    reads: 'qrRules.confirmFile',
    reply: () => says({ file_name: text, file_content: text }),
    repeat: 'safe',
    permissionSets: [3, 18],
    link: docs('miniprogram-management/jumpqrcode-config/downloadQRCodeText'),
  }),
}

const asked = get('authorizer', '/wxaapi/wxaembedded/get_list', {
  title: { en: 'Mini programs that this one asked to open on half a screen', zh: '已申请半屏打开的小程序' },
  reads: 'halfScreens.list',
  query: () => takes({ start: may(whole), num: may(whole) }),
  reply: () => says({ wxa_embedded_list: list(wxaEmbeddedListSaid()) }),
  repeat: 'safe',
  permissionSets,
  link: docs('miniprogram-management/embedded-management/getEmbeddedList'),
})

export const halfScreens = {
  list: asked,
  listCallers: get('authorizer', '/wxaapi/wxaembedded/get_own_list', {
    title: { en: 'Mini programs that asked to open this one on half a screen', zh: '申请半屏打开本小程序的小程序' },
    reads: 'halfScreens.listCallers',
    query: () => takes({ start: may(whole), num: may(whole) }),
    reply: () => says({ embedded_flag: whole, wxa_embedded_list: list(wxaEmbeddedListSaid()) }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/embedded-management/getOwnList'),
  }),
  add: post('authorizer', '/wxaapi/wxaembedded/add_embedded', {
    title: { en: 'Ask to open another mini program on half a screen', zh: '申请半屏打开另一个小程序' },
    changes: 'halfScreens.add',
    body: () => takes({ appid: text, apply_reason: may(text) }),
    reply: acknowledged,
    readBack: shownBy(asked, nothing, ({ wxa_embedded_list: list }, { appid }) => isAmong(appid, list)),
    repeat: 'never',
    permissionSets,
    link: docs('miniprogram-management/embedded-management/addEmbedded'),
  }),
  delete: post('authorizer', '/wxaapi/wxaembedded/del_embedded', {
    title: { en: 'Open another mini program on half a screen no longer', zh: '取消半屏打开另一个小程序' },
    changes: 'halfScreens.delete',
    body: () => takes({ appid: text }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/embedded-management/deleteEmbedded'),
  }),
  deleteCaller: post('authorizer', '/wxaapi/wxaembedded/del_authorize', {
    title: {
      en: 'Let another mini program open this one on half a screen no longer',
      zh: '取消另一个小程序半屏打开本小程序的授权',
    },
    changes: 'halfScreens.deleteCaller',
    body: () => takes({ appid: text }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/embedded-management/deleteAuthorizedEmbedded'),
  }),
  setConsent: post('authorizer', '/wxaapi/wxaembedded/set_authorize', {
    title: { en: 'Whether others need consent before they open this one', zh: '设置半屏打开的授权方式' },
    changes: 'halfScreens.setConsent',
    body: () => takes({ flag: whole }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/embedded-management/setAuthorizedEmbedded'),
  }),
}

const added = post('authorizer', '/wxa/plugin', {
  title: { en: 'Plugins of a mini program', zh: '已添加的插件' },
  reads: 'plugins.list',
  body: () => takes({ action: fixed('list') }),
  reply: () => says({ plugin_list: list(says({ appid: text, status: whole, nickname: text, headimgurl: text })) }),
  repeat: 'safe',
  permissionSets: [40],
  link: site('/miniprogram/dev/api-backend/open-api/plugin-management/pluginManager.applyPlugin.html'),
})

export const plugins = {
  apply: post('authorizer', '/wxa/plugin', {
    title: { en: 'Apply for a plugin', zh: '申请使用插件' },
    changes: 'plugins.apply',
    body: () => takes({ action: fixed('apply'), plugin_appid: text, reason: may(text) }),
    reply: () => says({ plugin_list: list(says({ appid: text, status: whole, nickname: text, headimgurl: text })) }),
    readBack: shownBy(added, listing, ({ plugin_list: list }, { plugin_appid: plugin }) => isAmong(plugin, list)),
    repeat: 'never',
    permissionSets: [40],
    link: site('/miniprogram/dev/api-backend/open-api/plugin-management/pluginManager.applyPlugin.html'),
  }),
  list: added,
  delete: post('authorizer', '/wxa/plugin', {
    title: { en: 'Remove a plugin', zh: '删除插件' },
    changes: 'plugins.delete',
    body: () => takes({ action: fixed('unbind'), plugin_appid: text }),
    reply: () => says({ plugin_list: list(says({ appid: text, status: whole, nickname: text, headimgurl: text })) }),
    readBack: shownBy(
      added,
      listing,
      ({ plugin_list: list }, { plugin_appid: plugin }) => !isAmong(plugin, list) && {},
    ),
    repeat: 'never',
    permissionSets: [40],
    link: site('/miniprogram/dev/api-backend/open-api/plugin-management/pluginManager.applyPlugin.html'),
  }),
  update: post('authorizer', '/wxa/plugin', {
    title: { en: 'Take another version of a plugin', zh: '更新插件版本' },
    changes: 'plugins.update',
    body: () => takes({ action: fixed('update'), plugin_appid: text, user_version: may(text) }),
    reply: () => says({ plugin_list: list(says({ appid: text, status: whole, nickname: text, headimgurl: text })) }),
    repeat: 'never',
    permissionSets: [40],
    link: site('/miniprogram/dev/api-backend/open-api/plugin-management/pluginManager.applyPlugin.html'),
  }),
}

const account = post('authorizer', '/cgi-bin/open/get', {
  title: { en: 'The open-platform account it is bound to', zh: '绑定的开放平台账号' },
  reads: 'openAccounts.get',
  body: () => takes({ appid: text }),
  reply: () => says({ open_appid: text }),
  repeat: 'safe',
  permissionSets: [24, 25, 60],
  link: docs('openplatform-management/getOpenAccount'),
})

const whetherBound = get('authorizer', '/cgi-bin/open/have', {
  title: { en: 'Whether it is bound to an open-platform account', zh: '是否绑定开放平台账号' },
  reads: 'openAccounts.isBound',
  reply: () => says({ have_open: flag }),
  repeat: 'safe',
  permissionSets: [3, 30],
  link: docs('miniprogram-management/basic-info-management/getBindOpenAccount'),
})

export const openAccounts = {
  create: post('authorizer', '/cgi-bin/open/create', {
    title: { en: 'Create an open-platform account and bind it', zh: '创建开放平台账号并绑定' },
    changes: 'openAccounts.create',
    body: () => takes({ appid: text }),
    reply: () => says({ open_appid: text }),
    readBack: shownBy(whetherBound, nothing, ({ have_open: isBound }) => isBound === true && {}),
    repeat: 'never',
    permissionSets: [24, 25, 60],
    link: docs('openplatform-management/createOpenAccount'),
  }),
  bind: post('authorizer', '/cgi-bin/open/bind', {
    title: { en: 'Bind to an open-platform account', zh: '绑定开放平台账号' },
    changes: 'openAccounts.bind',
    body: () => takes({ appid: text, open_appid: text }),
    reply: acknowledged,
    readBack: shownBy(account, ofAccount, ({ open_appid: open }, changed) => open === changed['open_appid'] && {}),
    repeat: 'never',
    permissionSets: [24, 25, 60],
    link: docs('openplatform-management/bindOpenAccount'),
  }),
  unbind: post('authorizer', '/cgi-bin/open/unbind', {
    title: { en: 'Unbind from an open-platform account', zh: '解绑开放平台账号' },
    changes: 'openAccounts.unbind',
    body: () => takes({ appid: text, open_appid: text }),
    reply: acknowledged,
    readBack: shownBy(whetherBound, nothing, ({ have_open: isBound }) => isBound === false && {}),
    repeat: 'never',
    permissionSets: [24, 25, 60],
    link: docs('openplatform-management/unbindOpenAccount'),
  }),
  get: account,
  isBound: whetherBound,
  isSameSubject: get('authorizer', '/cgi-bin/open/sameentity', {
    title: { en: 'Whether it has the subject of its open-platform account', zh: '与开放平台账号主体是否一致' },
    reads: 'openAccounts.isSameSubject',
    reply: () => says({ same_entity: flag }),
    repeat: 'safe',
    permissionSets: [3, 30],
    link: docs('miniprogram-management/basic-info-management/getBindOpenAccountEntity'),
  }),
}
