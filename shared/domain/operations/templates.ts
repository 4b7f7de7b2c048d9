import * as v from 'valibot'
import { draft, nothing, pageOf, template, whole } from '../answers.ts'
import { draftId, page, templateId } from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import { deleteTemplate, listDrafts, listTemplates, promoteDraft } from '../releases/templates.ts'
import { lazily, told } from '../told.ts'

export const templateOperations = {
  'templates.listDrafts': reading({
    role: 'viewer',
    door: ['commitCode', 'listDrafts'],
    summary: { en: 'Drafts that developers uploaded, newest first', zh: '开发者上传的草稿，新的在前' },
    reach: 'everyone',
    input: page,
    output: lazily(() => pageOf(draft())),
    run: (platform, input) => listDrafts(platform, input),
  }),
  'templates.promote': changing({
    role: 'operator',
    door: ['commitCode', 'promoteDraft'],
    summary: { en: 'Make a draft a template', zh: '把草稿设为模板' },
    input: {
      draftId,
      type: v.optional(told('0 ordinary, 1 standard', '0 普通模板，1 标准模板', v.picklist([0, 1])), 0),
    },
    output: lazily(() => v.strictObject({ templateId: whole('The new template', '新模板的编号', 12) })),
    run: (platform, input, { begunBefore }) => promoteDraft(platform, input.draftId, input.type, begunBefore),
  }),
  'templates.list': reading({
    role: 'viewer',
    door: ['commitCode', 'listTemplates'],
    summary: { en: 'Templates, newest first', zh: '模板，新的在前' },
    reach: 'everyone',
    input: page,
    output: lazily(() => pageOf(template())),
    run: (platform, input) => listTemplates(platform, input),
  }),
  'templates.delete': changing({
    role: 'operator',
    door: ['commitCode', 'deleteTemplate'],
    destructive: true,
    summary: { en: 'Delete a template', zh: '删除模板' },
    input: { templateId },
    output: nothing,
    run: (platform, input, { begunBefore }) => deleteTemplate(platform, input.templateId, begunBefore !== undefined),
  }),
}
