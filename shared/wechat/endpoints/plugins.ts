/** Plugins of one mini program: four actions of one endpoint. */
import * as v from 'valibot'
import { docs, post } from './endpoint.ts'
import { acknowledged, integer, maybeText, rowsOf, text } from './shapes.ts'

const permissionSets = [40]
const link = docs('miniprogram-management/plugin-management/managePlugin')

export const plugins = {
  apply: post('authorizer', '/wxa/plugin', {
    title: { en: 'Apply for a plugin', zh: '申请插件' },
    changes: 'plugins.apply',
    body: () =>
      v.strictObject({
        action: v.optional(v.literal('apply'), 'apply'),
        plugin_appid: v.string(),
        reason: v.optional(v.string()),
      }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link,
  }),
  list: post('authorizer', '/wxa/plugin', {
    title: {
      en: 'Plugins and whether they may be used (1 applying, 2 passed, 3 rejected, 4 expired)',
      zh: '插件及其状态（1 申请中，2 已通过，3 已拒绝，4 已过期）',
    },
    reads: 'plugins.list',
    body: () => v.strictObject({ action: v.optional(v.literal('list'), 'list') }),
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
    title: { en: 'Remove a plugin', zh: '移除插件' },
    changes: 'plugins.delete',
    body: () => v.strictObject({ action: v.optional(v.literal('unbind'), 'unbind'), plugin_appid: v.string() }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link,
  }),
  update: post('authorizer', '/wxa/plugin', {
    title: { en: 'Move to another version of a plugin without a new review', zh: '更换插件版本，无需重新审核' },
    changes: 'plugins.update',
    body: () =>
      v.strictObject({
        action: v.optional(v.literal('update'), 'update'),
        plugin_appid: v.string(),
        user_version: v.string(),
      }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link,
  }),
}
