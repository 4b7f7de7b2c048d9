import { releaseOperations } from '../../shared/domain/operations/releases.ts'
import { templateOperations } from '../../shared/domain/operations/templates.ts'
import { operationFunction } from '../../shared/entry/admin.ts'

/** Admins and servers: from draft to trial version. */
export const main = operationFunction({ ...releaseOperations, ...templateOperations }, 'releases.commit', {
  preview: 'releases.preview',
  pages: 'releases.pages',
  categories: 'releases.categories',
  listDrafts: 'templates.listDrafts',
  promoteDraft: 'templates.promote',
  listTemplates: 'templates.list',
  deleteTemplate: 'templates.delete',
})
