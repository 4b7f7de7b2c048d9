import { bindingOperations } from '../../shared/domain/operations/bindings.ts'
import { operationFunction } from '../../shared/entry/admin.ts'

/** Admins and servers: which merchant's account belongs to which business. */
export const main = operationFunction(bindingOperations, 'bindings.bind', {
  createLink: 'bindings.createLink',
  get: 'bindings.get',
  list: 'bindings.list',
  unbind: 'bindings.unbind',
})
