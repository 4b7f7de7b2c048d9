/** From an approved version to the users, and back. */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, integer, maybeFlag, maybeInteger, maybeText, rowsOf, unlessEmpty } from './shapes.ts'

const permissionSets = [18]
const page = (name: string): string => docs(`miniprogram-management/code-management/${name}`)

export const releases = {
  release: post('authorizer', '/wxa/release', {
    title: { en: 'Publish the version that passed', zh: '发布审核通过的版本' },
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('release'),
  }),
  /** A GET that changes something. */
  rollback: get('authorizer', '/wxa/revertcoderelease', {
    title: { en: 'Return to an earlier version', zh: '回退到之前的版本' },
    query: () => v.object({ app_version: v.optional(v.number()) }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('revertCodeRelease'),
  }),
  history: get('authorizer', '/wxa/revertcoderelease', {
    title: { en: 'Versions that can be returned to, at most five', zh: '可回退的版本，最多五个' },
    query: () => v.object({ action: v.literal('get_history_version') }),
    reply: () =>
      v.looseObject({
        version_list: v.nullish(
          rowsOf(
            v.looseObject({
              app_version: integer,
              user_version: maybeText,
              user_desc: maybeText,
              commit_time: maybeInteger,
            }),
          ),
          [],
        ),
      }),
    repeat: 'safe',
    permissionSets,
    link: page('revertCodeRelease'),
  }),
  startGray: post('authorizer', '/wxa/grayrelease', {
    title: { en: 'Publish to a percentage of the users', zh: '按百分比灰度发布' },
    body: () =>
      v.object({
        gray_percentage: v.number(),
        support_debuger_first: v.optional(v.boolean()),
        support_experiencer_first: v.optional(v.boolean()),
      }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('grayRelease'),
  }),
  grayPlan: get('authorizer', '/wxa/getgrayreleaseplan', {
    title: { en: 'State of the gradual release', zh: '灰度发布的状态' },
    reply: () =>
      v.looseObject({
        gray_release_plan: unlessEmpty(
          v.looseObject({
            status: integer,
            create_timestamp: maybeInteger,
            gray_percentage: maybeInteger,
            support_debuger_first: maybeFlag,
            support_experiencer_first: maybeFlag,
          }),
        ),
      }),
    repeat: 'safe',
    permissionSets,
    link: page('getGrayReleasePlan'),
  }),
  cancelGray: get('authorizer', '/wxa/revertgrayrelease', {
    title: { en: 'Cancel the gradual release', zh: '取消灰度发布' },
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('revertGrayRelease'),
  }),
  setVisibility: post('authorizer', '/wxa/change_visitstatus', {
    title: { en: 'Stop or resume the online version', zh: '暂停或恢复线上版' },
    body: () => v.object({ action: v.picklist(['open', 'close']) }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('setVisitStatus'),
  }),
  visibility: post('authorizer', '/wxa/getvisitstatus', {
    title: { en: 'Whether the online version is served', zh: '线上版是否可访问' },
    reply: () => v.looseObject({ status: integer }),
    repeat: 'safe',
    permissionSets,
    link: page('getVisitStatus'),
  }),
}
