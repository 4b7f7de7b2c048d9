/** What goes with domains: files to serve, prefetching, development settings. */
import { docs, get, post, site } from '../endpoints/endpoint.ts'
import { acknowledged } from '../endpoints/shapes.ts'
import { fixed, list, says, takes, text, whole } from './fields.ts'

const permissionSets = [18]

export const confirmFiles = {
  get: post('authorizer', '/wxa/get_webviewdomain_confirmfile', {
    title: { en: 'File to serve on each web-view domain of a mini program', zh: '小程序每个业务域名需放置的校验文件' },
    reads: 'confirmFiles.get',
    reply: () => says({ file_name: text, file_content: text }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/domain-management/getJumpDomainConfirmFile'),
  }),
}

export const prefetchDomains = {
  get: get('authorizer', '/wxa/get_prefetchdnsdomain', {
    title: { en: 'Domains whose addresses are looked up in advance', zh: 'DNS 预解析域名' },
    reads: 'prefetchDomains.get',
    reply: () => says({ prefetch_dns_domain: list(says({ url: text, status: whole })), size_limit: whole }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/domain-management/getPrefetchDomain'),
  }),
  set: post('authorizer', '/wxa/set_prefetchdnsdomain', {
    title: { en: 'Set the domains whose addresses are looked up in advance', zh: '设置 DNS 预解析域名' },
    changes: 'prefetchDomains.set',
    body: () => takes({ prefetch_dns_domain: list(takes({ url: text })) }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/domain-management/setPrefetchDomain'),
  }),
}

export const developmentDomains = {
  list: post('authorizer', '/wxa/getwxadevinfo', {
    title: { en: 'All domains in the development settings', zh: '开发设置中的全部域名' },
    reads: 'developmentDomains.list',
    reply: () =>
      says({
        requestdomain: list(text),
        wsrequestdomain: list(text),
        uploaddomain: list(text),
        downloaddomain: list(text),
        udpdomain: list(text),
        bizdomain: list(text),
      }),
    repeat: 'safe',
    permissionSets,
    link: site('/miniprogram/dev/server/API/operation/api_getdomaininfo'),
  }),
  listServer: post('authorizer', '/wxa/getwxadevinfo', {
    title: { en: 'Server domains in the development settings', zh: '开发设置中的服务器域名' },
    reads: 'developmentDomains.listServer',
    body: () => takes({ action: fixed('getserverdomain') }),
    reply: () =>
      says({
        requestdomain: list(text),
        wsrequestdomain: list(text),
        uploaddomain: list(text),
        downloaddomain: list(text),
        udpdomain: list(text),
        bizdomain: list(text),
      }),
    repeat: 'safe',
    permissionSets,
    link: site('/miniprogram/dev/server/API/operation/api_getdomaininfo'),
  }),
  listWebview: post('authorizer', '/wxa/getwxadevinfo', {
    title: { en: 'Web-view domains in the development settings', zh: '开发设置中的业务域名' },
    reads: 'developmentDomains.listWebview',
    body: () => takes({ action: fixed('getbizdomain') }),
    reply: () =>
      says({
        requestdomain: list(text),
        wsrequestdomain: list(text),
        uploaddomain: list(text),
        downloaddomain: list(text),
        udpdomain: list(text),
        bizdomain: list(text),
      }),
    repeat: 'safe',
    permissionSets,
    link: site('/miniprogram/dev/server/API/operation/api_getdomaininfo'),
  }),
}
