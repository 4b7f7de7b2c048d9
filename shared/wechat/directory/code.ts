/** The oldest base library that the code runs on. */
import { docs, post } from '../endpoints/endpoint.ts'
import { acknowledged } from '../endpoints/shapes.ts'
import { decimal, list, may, says, takes, text } from './fields.ts'

const permissionSets = [18]

export const baseLibraries = {
  get: post('authorizer', '/cgi-bin/wxopen/getweappsupportversion', {
    title: { en: 'Lowest base library and how users are spread over versions', zh: '最低基础库及用户分布' },
    reads: 'baseLibraries.get',
    reply: () =>
      says({ now_version: text, uv_info: says({ items: list(says({ version: text, percentage: decimal })) }) }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/code-management/getSupportVersion'),
  }),
  set: post('authorizer', '/cgi-bin/wxopen/setweappsupportversion', {
    title: { en: 'Set the lowest base library', zh: '设置最低基础库' },
    changes: 'baseLibraries.set',
    body: () => takes({ appid: may(text), version: text }),
    reply: acknowledged,
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/code-management/setSupportVersion'),
  }),
}
