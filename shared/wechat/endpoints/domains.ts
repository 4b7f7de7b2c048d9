/** Domains of one mini program; here the entries carry their scheme. */
import * as v from 'valibot'
import { docs, post } from './endpoint.ts'
import { maybeList, maybePart, maybeTexts, texts } from './shapes.ts'

const permissionSets = [18]
const page = (name: string): string => docs(`miniprogram-management/domain-management/${name}`)
const change = v.picklist(['add', 'delete', 'set'])
const onlyGet = () => v.object({ action: v.literal('get') })

const sixLists = {
  requestdomain: maybeList,
  wsrequestdomain: maybeList,
  uploaddomain: maybeList,
  downloaddomain: maybeList,
  udpdomain: maybeList,
  tcpdomain: maybeList,
}

const serverChange = () =>
  v.object({
    action: change,
    requestdomain: v.optional(texts),
    wsrequestdomain: v.optional(texts),
    uploaddomain: v.optional(texts),
    downloaddomain: v.optional(texts),
    udpdomain: v.optional(texts),
    tcpdomain: v.optional(texts),
  })

const serverReply = () =>
  v.looseObject({
    ...sixLists,
    invalid_requestdomain: maybeTexts,
    invalid_wsrequestdomain: maybeTexts,
    invalid_uploaddomain: maybeTexts,
    invalid_downloaddomain: maybeTexts,
    invalid_udpdomain: maybeTexts,
    invalid_tcpdomain: maybeTexts,
    no_icp_domain: maybeTexts,
  })

const webviewChange = () => v.object({ action: change, webviewdomain: texts })
const webviewReply = () => v.looseObject({ webviewdomain: maybeList })

const row = { permissionSets, repeat: 'safe' } as const
const changing = { permissionSets, repeat: 'readBack' } as const

export const domains = {
  getServer: post('authorizer', '/wxa/modify_domain', {
    ...row,
    title: { en: 'Server domains of a mini program', zh: '小程序的服务器域名' },
    body: onlyGet,
    reply: serverReply,
    link: page('modifyServerDomain'),
  }),
  changeServer: post('authorizer', '/wxa/modify_domain', {
    ...changing,
    title: {
      en: 'Change server domains; each must be on the list of the platform',
      zh: '修改服务器域名；须在第三方平台的列表中',
    },
    body: serverChange,
    reply: serverReply,
    link: page('modifyServerDomain'),
  }),
  getServerDirectly: post('authorizer', '/wxa/modify_domain_directly', {
    ...row,
    title: { en: 'Server domains set without the platform', zh: '直接设置的服务器域名' },
    body: onlyGet,
    reply: serverReply,
    link: page('modifyServerDomainDirectly'),
  }),
  changeServerDirectly: post('authorizer', '/wxa/modify_domain_directly', {
    ...changing,
    title: { en: 'Change server domains without the platform', zh: '直接修改服务器域名，不经第三方平台' },
    body: serverChange,
    reply: serverReply,
    link: page('modifyServerDomainDirectly'),
  }),
  getWebview: post('authorizer', '/wxa/setwebviewdomain', {
    ...row,
    title: { en: 'Web-view domains of a mini program', zh: '小程序的业务域名' },
    body: onlyGet,
    reply: webviewReply,
    link: page('modifyJumpDomain'),
  }),
  /** Never without `action`: that would add all of the platform's domains. */
  changeWebview: post('authorizer', '/wxa/setwebviewdomain', {
    ...changing,
    title: {
      en: 'Change web-view domains; each must be on the list of the platform',
      zh: '修改业务域名；须在第三方平台的列表中',
    },
    body: webviewChange,
    reply: webviewReply,
    link: page('modifyJumpDomain'),
  }),
  getWebviewDirectly: post('authorizer', '/wxa/setwebviewdomain_directly', {
    ...row,
    title: { en: 'Web-view domains set without the platform', zh: '直接设置的业务域名' },
    body: onlyGet,
    reply: webviewReply,
    link: page('modifyJumpDomainDirectly'),
  }),
  changeWebviewDirectly: post('authorizer', '/wxa/setwebviewdomain_directly', {
    ...changing,
    title: { en: 'Change web-view domains without the platform', zh: '直接修改业务域名，不经第三方平台' },
    body: webviewChange,
    reply: webviewReply,
    link: page('modifyJumpDomainDirectly'),
  }),
  effectiveServer: post('authorizer', '/wxa/get_effective_domain', {
    ...row,
    title: { en: 'Server domains in force, by origin', zh: '生效的服务器域名，按来源' },
    reads: 'effectiveDomains.listServer',
    reply: () => {
      const lists = maybePart(v.looseObject(sixLists))
      return v.looseObject({ mp_domain: lists, third_domain: lists, direct_domain: lists, effective_domain: lists })
    },
    link: page('getEffectiveServerDomain'),
  }),
  effectiveWebview: post('authorizer', '/wxa/get_effective_webviewdomain', {
    ...row,
    title: { en: 'Web-view domains in force, by origin', zh: '生效的业务域名，按来源' },
    reads: 'effectiveDomains.listWebview',
    reply: () =>
      v.looseObject({
        mp_webviewdomain: maybeTexts,
        third_webviewdomain: maybeTexts,
        direct_webviewdomain: maybeTexts,
        effective_webviewdomain: maybeTexts,
      }),
    link: page('getEffectiveJumpDomain'),
  }),
}
