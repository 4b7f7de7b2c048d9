/** Reference 5: the template library. */
import * as v from 'valibot'
import { toUnixSeconds } from '../../../shared/time.ts'
import { refuse, refuseUnless } from '../errors.ts'
import { addTemplate } from '../templates.ts'
import type { Draft } from '../templates.ts'
import { nothing, numeric, ok, withComponentToken } from './operation.ts'

const describe = (draft: Draft) => ({
  create_time: toUnixSeconds(draft.createdAt),
  user_version: draft.userVersion,
  user_desc: draft.userDesc,
  draft_id: draft.draftId,
  source_miniprogram_appid: draft.sourceAppid,
  source_miniprogram: draft.sourceName,
  developer: draft.developer,
  category_list: [],
})

const templateType = v.picklist([0, 1])

export const templateOperations = [
  withComponentToken('GET', '/wxa/gettemplatedraftlist', nothing, (state) =>
    ok({ draft_list: state.drafts.map(describe) }),
  ),

  withComponentToken(
    'POST',
    '/wxa/addtotemplate',
    v.object({ draft_id: numeric, template_type: v.optional(templateType, 0) }),
    (state, input) => {
      const draft = state.drafts.find(({ draftId }) => draftId === input.draft_id)
      if (draft === undefined) return refuse(85064)
      refuseUnless(state.templates.length < state.settings.templateLimit, 85065)
      addTemplate(state, draft, input.template_type)
      return ok()
    },
  ),

  withComponentToken(
    'GET',
    '/wxa/gettemplatelist',
    v.object({ template_type: v.optional(v.pipe(numeric, templateType)) }),
    (state, input) =>
      ok({
        template_list: state.templates
          .filter((template) => input.template_type === undefined || template.templateType === input.template_type)
          .map((template) => ({
            ...describe(template),
            template_id: template.templateId,
            template_type: template.templateType,
            audit_scene: 0,
            audit_status: 0,
            reason: '',
          })),
      }),
  ),

  withComponentToken('POST', '/wxa/deletetemplate', v.object({ template_id: numeric }), (state, input) => {
    const index = state.templates.findIndex(({ templateId }) => templateId === input.template_id)
    refuseUnless(index >= 0, 85064)
    state.templates.splice(index, 1)
    return ok()
  }),
]
