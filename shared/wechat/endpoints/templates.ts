/** The template library (代码模板库): drafts become templates, templates are committed to mini programs. */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, integer, maybeInteger, maybeText, rowsOf } from './shapes.ts'

const origin = {
  create_time: maybeInteger,
  user_version: maybeText,
  user_desc: maybeText,
  source_miniprogram_appid: maybeText,
  source_miniprogram: maybeText,
  developer: maybeText,
}

export const templates = {
  listDrafts: get('component', '/wxa/gettemplatedraftlist', {
    title: { en: 'Drafts uploaded from the development mini programs', zh: '开发小程序上传的草稿' },
    reply: () => v.looseObject({ draft_list: rowsOf(v.looseObject({ ...origin, draft_id: integer })) }),
    repeat: 'safe',
    link: docs('thirdparty-management/template-management/getTemplatedRaftList'),
  }),
  /** Answers no template id: list afterwards and look for the newest with this draft. */
  promoteDraft: post('component', '/wxa/addtotemplate', {
    title: { en: 'Make a draft a template', zh: '把草稿设为模板' },
    body: () => v.object({ draft_id: v.number(), template_type: v.optional(v.picklist([0, 1])) }),
    reply: acknowledged,
    repeat: 'readBack',
    link: docs('thirdparty-management/template-management/addToTemplate'),
  }),
  list: get('component', '/wxa/gettemplatelist', {
    title: { en: 'Templates, at most 200', zh: '模板，最多 200 个' },
    query: () => v.object({ template_type: v.optional(v.picklist([0, 1])) }),
    reply: () =>
      v.looseObject({
        template_list: rowsOf(
          v.looseObject({
            ...origin,
            template_id: integer,
            draft_id: maybeInteger,
            template_type: maybeInteger,
            audit_status: maybeInteger,
            reason: maybeText,
          }),
        ),
      }),
    repeat: 'safe',
    link: docs('thirdparty-management/template-management/getTemplateList'),
  }),
  remove: post('component', '/wxa/deletetemplate', {
    title: { en: 'Delete a template', zh: '删除模板' },
    body: () => v.object({ template_id: v.number() }),
    reply: acknowledged,
    repeat: 'readBack',
    link: docs('thirdparty-management/template-management/deleteTemplate'),
  }),
}
