/** Service categories. Adding, deleting and changing works only for mini programs created through the API (41033). */
import * as v from 'valibot'
import { docs, get, post } from './endpoint.ts'
import { acknowledged, integer, maybeInteger, maybeText, rowsOf } from './shapes.ts'

const permissionSets = [30]
const page = (name: string): string => docs(`miniprogram-management/category-management/${name}`)

/** Spelled `certicates` by WeChat. */
const certificates = v.array(
  v.strictObject({
    key: v.string(),
    value: v.string(),
    expire_time: v.optional(v.number()),
    is_permanent: v.optional(v.picklist([0, 1])),
  }),
)

const tree = () =>
  v.looseObject({
    categories_list: v.looseObject({ categories: rowsOf(v.looseObject({ id: integer, name: maybeText })) }),
  })

export const categories = {
  all: get('authorizer', '/cgi-bin/wxopen/getallcategories', {
    title: { en: 'All categories there are', zh: '全部可选类目' },
    reads: 'categories.listAll',
    reply: tree,
    repeat: 'safe',
    permissionSets,
    link: page('getAllCategories'),
  }),
  configured: get('authorizer', '/cgi-bin/wxopen/getcategory', {
    title: { en: 'Categories of a mini program and their review', zh: '小程序的类目及其审核状态' },
    reads: 'categories.list',
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
    title: { en: 'Categories open to one kind of subject', zh: '某类主体可选的类目' },
    reads: 'categories.listByType',
    body: () => v.strictObject({ verify_type: v.number() }),
    reply: tree,
    repeat: 'safe',
    permissionSets,
    link: page('getAllCategoriesByType'),
  }),
  add: post('authorizer', '/cgi-bin/wxopen/addcategory', {
    title: { en: 'Add categories', zh: '添加类目' },
    changes: 'categories.add',
    body: () =>
      v.strictObject({
        categories: v.array(
          v.strictObject({ first: v.number(), second: v.number(), certicates: v.optional(certificates) }),
        ),
      }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('addCategory'),
  }),
  remove: post('authorizer', '/cgi-bin/wxopen/deletecategory', {
    title: { en: 'Delete a category', zh: '删除类目' },
    changes: 'categories.delete',
    body: () => v.strictObject({ first: v.number(), second: v.number() }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('deleteCategory'),
  }),
  change: post('authorizer', '/cgi-bin/wxopen/modifycategory', {
    title: { en: 'Change the documents of a rejected category', zh: '修改被驳回类目的资质' },
    changes: 'categories.update',
    body: () => v.strictObject({ first: v.number(), second: v.number(), certicates: certificates }),
    reply: acknowledged,
    repeat: 'readBack',
    permissionSets,
    link: page('modifyCategory'),
  }),
}
