import * as v from 'valibot'
import { integer, page } from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import { deleteTemplate, listDrafts, listTemplates, promoteDraft } from '../templates.ts'

const number = integer(0, Number.MAX_SAFE_INTEGER)

export const templateOperations = {
  'templates.listDrafts': reading({
    role: 'viewer',
    summary: 'Drafts that developers uploaded, newest first',
    input: page,
    run: (platform, input) => listDrafts(platform, input),
  }),
  'templates.promote': changing({
    role: 'operator',
    summary: 'Make a draft a template',
    input: { draftId: number, type: v.optional(v.picklist([0, 1], 'must be 0 (ordinary) or 1 (standard)'), 0) },
    run: (platform, input, { begunBefore }) => promoteDraft(platform, input.draftId, input.type, begunBefore),
  }),
  'templates.list': reading({
    role: 'viewer',
    summary: 'Templates, newest first',
    input: page,
    run: (platform, input) => listTemplates(platform, input),
  }),
  'templates.delete': changing({
    role: 'operator',
    summary: 'Delete a template',
    input: { templateId: number },
    run: (platform, input, { begunBefore }) => deleteTemplate(platform, input.templateId, begunBefore !== undefined),
  }),
}
