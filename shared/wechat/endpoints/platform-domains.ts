/** Domains that the platform may hand out to its mini programs; each list is a text joined with `;`. */
import * as v from 'valibot'
import { docs, post } from './endpoint.ts'
import { maybeText, text } from './shapes.ts'

const page = (name: string): string => docs(`thirdparty-management/domain-mgnt/${name}`)

const serverReply = () =>
  v.looseObject({
    published_wxa_server_domain: maybeText,
    testing_wxa_server_domain: maybeText,
    invalid_wxa_server_domain: maybeText,
  })

const jumpReply = () =>
  v.looseObject({
    published_wxa_jump_h5_domain: maybeText,
    testing_wxa_jump_h5_domain: maybeText,
    invalid_wxa_jump_h5_domain: maybeText,
  })

const change = v.picklist(['add', 'delete', 'set'])

export const platformDomains = {
  getServer: post('component', '/cgi-bin/component/modify_wxa_server_domain', {
    title: { en: 'Server domains of the platform', zh: '第三方平台的服务器域名' },
    body: () => v.object({ action: v.literal('get') }),
    reply: serverReply,
    repeat: 'safe',
    link: page('modifyThirdpartyServerDomain'),
  }),
  /** Without is_modify_published_together only the test version changes. */
  changeServer: post('component', '/cgi-bin/component/modify_wxa_server_domain', {
    title: { en: 'Change the server domains of the platform', zh: '修改第三方平台的服务器域名' },
    body: () =>
      v.object({
        action: change,
        wxa_server_domain: v.string(),
        is_modify_published_together: v.optional(v.boolean()),
      }),
    reply: serverReply,
    repeat: 'readBack',
    link: page('modifyThirdpartyServerDomain'),
  }),
  getWebview: post('component', '/cgi-bin/component/modify_wxa_jump_domain', {
    title: { en: 'Web-view domains of the platform', zh: '第三方平台的业务域名' },
    body: () => v.object({ action: v.literal('get') }),
    reply: jumpReply,
    repeat: 'safe',
    link: page('modifyThirdpartyJumpDomain'),
  }),
  changeWebview: post('component', '/cgi-bin/component/modify_wxa_jump_domain', {
    title: { en: 'Change the web-view domains of the platform', zh: '修改第三方平台的业务域名' },
    body: () =>
      v.object({
        action: change,
        wxa_jump_h5_domain: v.string(),
        is_modify_published_together: v.optional(v.boolean()),
      }),
    reply: jumpReply,
    repeat: 'readBack',
    link: page('modifyThirdpartyJumpDomain'),
  }),
  confirmFile: post('component', '/cgi-bin/component/get_domain_confirmfile', {
    reads: 'platformDomains.confirmFile',
    title: {
      en: 'File to serve on each web-view domain of the platform',
      zh: '第三方平台每个业务域名需放置的校验文件',
    },
    reply: () => v.looseObject({ file_name: text, file_content: text }),
    repeat: 'safe',
    link: page('getThirdpartyJumpDomainConfirmFile'),
  }),
}
