/** Service categories. Adding, deleting and changing works only for mini programs created through the API (41033). */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, integer, maybeInteger, maybeText, rowsOf } from './shapes.ts'

const permissionSets = [30]
const page = (name: string): string => docs(`miniprogram-management/category-management/${name}`)

/** Spelled `certicates` by WeChat. */
const certificates = v.array(v.object({ key: v.string(), value: v.string() }))

const tree = () =>
  v.looseObject({
    categories_list: v.looseObject({ categories: rowsOf(v.looseObject({ id: integer, name: maybeText })) }),
  })

export const categories = {
  all: get('authorizer', '/cgi-bin/wxopen/getallcategories', {
    title: 'All categories there are',
    reply: tree,
    repeat: 'safe',
    permissionSets,
    link: page('getAllCategories'),
  }),
  configured: get('authorizer', '/cgi-bin/wxopen/getcategory', {
    title: 'Categories of a mini program and their review',
    reply: () =>
      v.looseObject({
        categories: rowsOf(
          v.looseObject({
            first: integer,
            first_name: maybeText,
            second: integer,
            second_name: maybeText,
            audit_status: integer,
            audit_reason: maybeText,
          }),
        ),
        limit: maybeInteger,
        quota: maybeInteger,
        category_limit: maybeInteger,
      }),
    repeat: 'safe',
    permissionSets,
    link: page('getSettingCategories'),
  }),
  byType: post('authorizer', '/cgi-bin/wxopen/getcategoriesbytype', {
    title: 'Categories open to one kind of subject',
    body: () => v.object({ verify_type: v.number() }),
    reply: tree,
    repeat: 'safe',
    permissionSets,
    link: page('getAllCategoriesByType'),
  }),
  add: post('authorizer', '/cgi-bin/wxopen/addcategory', {
    title: 'Add categories',
    body: () =>
      v.object({
        categories: v.array(v.object({ first: v.number(), second: v.number(), certicates: v.optional(certificates) })),
      }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('addCategory'),
  }),
  remove: post('authorizer', '/cgi-bin/wxopen/deletecategory', {
    title: 'Delete a category',
    body: () => v.object({ first: v.number(), second: v.number() }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('deleteCategory'),
  }),
  change: post('authorizer', '/cgi-bin/wxopen/modifycategory', {
    title: 'Change the documents of a rejected category',
    body: () => v.object({ first: v.number(), second: v.number(), certicates: certificates }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('modifyCategory'),
  }),
}
