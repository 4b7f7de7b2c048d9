/** From an approved version to the users, and back. */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, integer, maybeInteger, maybeText, rowsOf, text } from './shapes.ts'

const permissionSets = [18]
const page = (name: string): string => docs(`miniprogram-management/code-management/${name}`)

export const releases = {
  release: post('authorizer', '/wxa/release', {
    title: 'Publish the version that passed',
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('release'),
  }),
  /** A GET that changes something. */
  rollback: get('authorizer', '/wxa/revertcoderelease', {
    title: 'Return to an earlier version',
    query: () => v.object({ app_version: v.optional(v.number()) }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('revertCodeRelease'),
  }),
  history: get('authorizer', '/wxa/revertcoderelease', {
    title: 'Versions that can be returned to, at most five',
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
    title: 'Publish to a percentage of the users',
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
    title: 'State of the gradual release',
    reply: () =>
      v.looseObject({
        gray_release_plan: v.nullish(
          v.looseObject({
            status: integer,
            create_timestamp: maybeInteger,
            gray_percentage: integer,
            support_debuger_first: v.nullish(v.boolean()),
            support_experiencer_first: v.nullish(v.boolean()),
          }),
        ),
      }),
    repeat: 'safe',
    permissionSets,
    link: page('getGrayReleasePlan'),
  }),
  cancelGray: get('authorizer', '/wxa/revertgrayrelease', {
    title: 'Cancel the gradual release',
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('revertGrayRelease'),
  }),
  setVisibility: post('authorizer', '/wxa/change_visitstatus', {
    title: 'Stop or resume the online version',
    body: () => v.object({ action: v.picklist(['open', 'close']) }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('setVisitStatus'),
  }),
  visibility: post('authorizer', '/wxa/getvisitstatus', {
    title: 'Whether the online version is served',
    reply: () => v.looseObject({ status: integer }),
    repeat: 'safe',
    permissionSets,
    link: page('getVisitStatus'),
  }),
  supportedLibraries: post('authorizer', '/cgi-bin/wxopen/getweappsupportversion', {
    title: 'Lowest base library and how users are spread over versions',
    reply: () =>
      v.looseObject({
        now_version: maybeText,
        uv_info: v.nullish(v.looseObject({ items: v.nullish(rowsOf(v.looseObject({ version: text }))) })),
      }),
    repeat: 'safe',
    permissionSets,
    link: page('getSupportVersion'),
  }),
  setSupportedLibrary: post('authorizer', '/cgi-bin/wxopen/setweappsupportversion', {
    title: 'Set the lowest base library',
    body: () => v.object({ version: v.string() }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('setSupportVersion'),
  }),
}
