import type { OperationName } from '../../../client/src/operations.ts'

interface Door {
  /** Of the cloud function. */
  readonly name: string
  readonly action?: string
}

/** Operations with a cloud function of their own; all others go through `manage`. */
export const doors: Readonly<Partial<Record<OperationName, Door>>> = {
  'bindings.bind': { name: 'bindAuthorizer' },
  'bindings.createLink': { name: 'bindAuthorizer', action: 'createLink' },
  'bindings.get': { name: 'bindAuthorizer', action: 'get' },
  'bindings.list': { name: 'bindAuthorizer', action: 'list' },
  'bindings.unbind': { name: 'bindAuthorizer', action: 'unbind' },
  'releases.commit': { name: 'commitCode' },
  'releases.preview': { name: 'commitCode', action: 'preview' },
  'releases.pages': { name: 'commitCode', action: 'pages' },
  'releases.categories': { name: 'commitCode', action: 'categories' },
  'templates.listDrafts': { name: 'commitCode', action: 'listDrafts' },
  'templates.promote': { name: 'commitCode', action: 'promoteDraft' },
  'templates.list': { name: 'commitCode', action: 'listTemplates' },
  'templates.delete': { name: 'commitCode', action: 'deleteTemplate' },
  'releases.submit': { name: 'submitAudit' },
  'releases.status': { name: 'submitAudit', action: 'status' },
  'releases.withdraw': { name: 'submitAudit', action: 'withdraw' },
  'releases.expedite': { name: 'submitAudit', action: 'expedite' },
  'releases.quota': { name: 'submitAudit', action: 'quota' },
  'releases.uploadMedia': { name: 'submitAudit', action: 'uploadMedia' },
  'releases.release': { name: 'release' },
  'releases.rollback': { name: 'release', action: 'rollback' },
  'releases.history': { name: 'release', action: 'history' },
  'releases.startGray': { name: 'release', action: 'startGray' },
  'releases.getGray': { name: 'release', action: 'getGray' },
  'releases.cancelGray': { name: 'release', action: 'cancelGray' },
}

interface CallData {
  readonly name: string
  readonly data: Readonly<Record<string, unknown>>
}

/** The event of a cloud function that stands for an operation. */
export function eventFor(operation: OperationName, input: object): CallData {
  const door = doors[operation]
  if (!door) return { name: 'manage', data: { operation, input } }
  return { name: door.name, data: { ...input, ...(door.action !== undefined && { action: door.action }) } }
}
