/** Plugins of one mini program: four actions of one endpoint. */
import * as v from 'valibot'
import { docs, post } from './endpoint.ts'
import { acknowledged, integer, maybeText, rowsOf, text } from './shapes.ts'

const permissionSets = [40]
const link = docs('miniprogram-management/plugin-management/managePlugin')

export const plugins = {
  apply: post('authorizer', '/wxa/plugin', {
    title: 'Apply for a plugin',
    body: () => v.object({ action: v.literal('apply'), plugin_appid: v.string(), reason: v.optional(v.string()) }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link,
  }),
  list: post('authorizer', '/wxa/plugin', {
    title: 'Plugins and whether they may be used (1 applying, 2 passed, 3 rejected, 4 expired)',
    body: () => v.object({ action: v.literal('list') }),
    reply: () =>
      v.looseObject({
        plugin_list: v.nullish(
          rowsOf(v.looseObject({ appid: text, status: integer, nickname: maybeText, headimgurl: maybeText })),
          [],
        ),
      }),
    repeat: 'safe',
    permissionSets,
    link,
  }),
  unbind: post('authorizer', '/wxa/plugin', {
    title: 'Remove a plugin',
    body: () => v.object({ action: v.literal('unbind'), plugin_appid: v.string() }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link,
  }),
  update: post('authorizer', '/wxa/plugin', {
    title: 'Move to another version of a plugin without a new review',
    body: () => v.object({ action: v.literal('update'), plugin_appid: v.string(), user_version: v.string() }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link,
  }),
}
