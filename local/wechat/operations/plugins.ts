/** Reference 9.4: plugins of a mini program. */
import * as v from 'valibot'
import { refuse, refuseUnless } from '../errors.ts'
import { ok, withAuthorizerToken } from './operation.ts'

const PLUGINS = [40]

const input = v.object({
  action: v.string(),
  plugin_appid: v.optional(v.string(), ''),
  reason: v.optional(v.string(), ''),
  user_version: v.optional(v.string(), ''),
})

export const pluginOperations = [
  withAuthorizerToken('POST', '/wxa/plugin', PLUGINS, input, (state, given, { merchant }) => {
    const { plugins } = merchant
    const plugin = plugins.get(given.plugin_appid)
    switch (given.action) {
      case 'list':
        return ok({
          plugin_list: [...plugins].map(([appid, { status }]) => ({
            appid,
            status,
            nickname: state.merchants.get(appid)?.nickName ?? '',
            headimgurl: '',
          })),
        })
      case 'apply':
        refuseUnless(state.merchants.has(given.plugin_appid), 89239)
        refuseUnless(plugin === undefined, 89237)
        plugins.set(given.plugin_appid, { status: 2, version: '1.0.0', reason: given.reason })
        return ok()
      case 'unbind':
        refuseUnless(plugins.delete(given.plugin_appid), 89243)
        return ok()
      case 'update':
        if (plugin === undefined) return refuse(89243)
        refuseUnless(/^\d+\.\d+\.\d+$/.test(given.user_version), 89257)
        plugin.version = given.user_version
        return ok()
      default:
        return refuse(85022)
    }
  }),
]
