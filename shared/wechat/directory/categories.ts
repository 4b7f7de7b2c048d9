/** Service categories. Adding, deleting and changing works only for mini programs created through the API (41033). */
import { docs, get, post, shownBy } from '../endpoints/endpoint.ts'
import { acknowledged } from '../endpoints/shapes.ts'
import { list, may, oneOf, says, takes, text, whole } from './fields.ts'

const permissionSets = [30, 61]

const certicates = () => takes({ key: text, value: text, expire_time: may(whole), is_permanent: may(oneOf([0, 1])) })

const qualifySaid = () =>
  says({ exter_list: list(says({ inner_list: list(says({ name: text, url: text })) })), remark: text })

const nothing = () => ({})

const REVIEWING = 1

interface Category {
  readonly first?: unknown
  readonly second?: unknown
}

const isSame = (one: Category, other: Category): boolean => one.first === other.first && one.second === other.second

const own = get('authorizer', '/cgi-bin/wxopen/getcategory', {
  title: { en: 'Categories of a mini program and their review', zh: '小程序的类目及其审核状态' },
  reads: 'categories.list',
  reply: () =>
    says({
      categories: list(
        says({
          first: whole,
          first_name: text,
          second: whole,
          second_name: text,
          audit_status: whole,
          audit_reason: text,
        }),
      ),
      limit: whole,
      quota: whole,
      category_limit: whole,
    }),
  repeat: 'safe',
  permissionSets,
  link: docs('miniprogram-management/category-management/getSettingCategories'),
})

export const categories = {
  listAll: get('authorizer', '/cgi-bin/wxopen/getallcategories', {
    title: { en: 'All categories there are', zh: '全部可选类目' },
    reads: 'categories.listAll',
    reply: () =>
      says({
        categories_list: says({
          categories: list(
            says({
              id: whole,
              name: text,
              level: whole,
              father: whole,
              children: list(whole),
              sensitive_type: whole,
              qualify: qualifySaid(),
            }),
          ),
        }),
      }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/category-management/getAllCategories'),
  }),
  list: own,
  listByType: post('authorizer', '/cgi-bin/wxopen/getcategoriesbytype', {
    title: { en: 'Categories open to one kind of subject', zh: '某类主体可选的类目' },
    reads: 'categories.listByType',
    body: () => takes({ verify_type: may(whole) }),
    reply: () =>
      says({
        categories_list: says({
          categories: list(
            says({
              id: whole,
              name: text,
              level: whole,
              father: whole,
              children: list(whole),
              sensitive_type: whole,
              qualify: qualifySaid(),
            }),
          ),
        }),
      }),
    repeat: 'safe',
    permissionSets,
    link: docs('miniprogram-management/category-management/getAllCategoriesByType'),
  }),
  add: post('authorizer', '/cgi-bin/wxopen/addcategory', {
    title: { en: 'Add categories', zh: '添加类目' },
    changes: 'categories.add',
    body: () =>
      takes({ categories: list(takes({ first: whole, second: whole, certicates: may(list(certicates())) })) }),
    reply: acknowledged,
    readBack: shownBy(
      own,
      nothing,
      ({ categories: listed = [] }, { categories: added }) =>
        [added].flat().every((one) => listed.some((other) => isSame(other, Object(one)))) && {},
    ),
    repeat: 'never',
    permissionSets,
    link: docs('miniprogram-management/category-management/addCategory'),
  }),
  delete: post('authorizer', '/cgi-bin/wxopen/deletecategory', {
    title: { en: 'Delete a category', zh: '删除类目' },
    changes: 'categories.delete',
    body: () => takes({ first: whole, second: whole }),
    reply: acknowledged,
    readBack: shownBy(
      own,
      nothing,
      ({ categories: listed = [] }, changed) => !listed.some((one) => isSame(one, changed)) && {},
    ),
    repeat: 'never',
    permissionSets,
    link: docs('miniprogram-management/category-management/deleteCategory'),
  }),
  update: post('authorizer', '/cgi-bin/wxopen/modifycategory', {
    title: { en: 'Change the documents of a rejected category', zh: '修改被驳回类目的资质' },
    changes: 'categories.update',
    body: () => takes({ first: whole, second: whole, certicates: list(certicates()) }),
    reply: acknowledged,
    readBack: shownBy(
      own,
      nothing,
      ({ categories: listed = [] }, changed) =>
        listed.some((one) => isSame(one, changed) && one.audit_status === REVIEWING) && {},
    ),
    repeat: 'never',
    permissionSets,
    link: docs('miniprogram-management/category-management/modifyCategory'),
  }),
}
