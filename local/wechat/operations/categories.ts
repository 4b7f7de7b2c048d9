/** Reference 9.2: the service categories of a mini program. */
import * as v from 'valibot'
import { refuse, refuseUnless } from '../errors.ts'
import type { Category, Merchant } from '../merchants.ts'
import { CATEGORY_TREE, findCategory } from '../category-tree.ts'
import { countUse, usedIn } from '../usage.ts'
import { nothing, ok, withAuthorizerToken } from './operation.ts'

const BASICS = [30, 61]
const MONTHLY_LIMIT = 5
const TOTAL_LIMIT = 5

const pair = { first: v.number(), second: v.number() }
const documents = v.optional(v.array(v.object({ key: v.string(), value: v.string() })), [])

const find = (merchant: Merchant, { first, second }: { first: number; second: number }): Category | undefined =>
  merchant.categories.find((category) => category.first === first && category.second === second)

const tree = () =>
  ok({
    categories_list: {
      categories: CATEGORY_TREE.flatMap(({ id, name, children }) => [
        { id, name, level: 1, father: 0, children: children.map((child) => child.id), sensitive_type: 0 },
        ...children.map((child) => ({
          id: child.id,
          name: child.name,
          level: 2,
          father: id,
          children: [],
          sensitive_type: child.needsDocuments ? 1 : 0,
          qualify: {
            exter_list: child.needsDocuments ? [{ inner_list: [{ name: '食品经营许可证', url: '' }] }] : [],
            remark: '',
          },
        })),
      ]),
    },
  })

export const categoryOperations = [
  withAuthorizerToken('GET', '/cgi-bin/wxopen/getallcategories', BASICS, nothing, tree),
  withAuthorizerToken(
    'POST',
    '/cgi-bin/wxopen/getcategoriesbytype',
    BASICS,
    v.object({ verify_type: v.optional(v.number()) }),
    tree,
  ),

  withAuthorizerToken('GET', '/cgi-bin/wxopen/getcategory', BASICS, nothing, (state, _input, { merchant }) =>
    ok({
      categories: merchant.categories.map((category) => ({
        first: category.first,
        first_name: category.firstName,
        second: category.second,
        second_name: category.secondName,
        audit_status: category.status,
        audit_reason: category.reason,
      })),
      limit: MONTHLY_LIMIT,
      quota: MONTHLY_LIMIT - usedIn(state, `categories ${merchant.appid}`, 'month'),
      category_limit: TOTAL_LIMIT,
    }),
  ),

  withAuthorizerToken(
    'POST',
    '/cgi-bin/wxopen/addcategory',
    BASICS,
    v.object({ categories: v.array(v.object({ ...pair, certicates: documents })) }),
    (state, input, { merchant }) => {
      refuseUnless(merchant.createdByApi, 41033)
      const what = `categories ${merchant.appid}`
      for (const { first, second, certicates } of input.categories) {
        const known = findCategory(first, second)
        if (known === undefined) return refuse(53303)
        refuseUnless(find(merchant, { first, second }) === undefined, 53304)
        refuseUnless(usedIn(state, what, 'month') < MONTHLY_LIMIT, 53300)
        refuseUnless(merchant.categories.length < TOTAL_LIMIT, 53301)
        refuseUnless(!known.needsDocuments || certicates.length > 0, 53312)
        countUse(state, what, 'month')
        merchant.categories.push({ first, second, ...known.names, status: known.needsDocuments ? 1 : 3, reason: '' })
      }
      return ok()
    },
  ),

  withAuthorizerToken(
    'POST',
    '/cgi-bin/wxopen/deletecategory',
    BASICS,
    v.object(pair),
    (_state, input, { merchant }) => {
      refuseUnless(merchant.createdByApi, 41033)
      const category = find(merchant, input)
      if (category === undefined) return refuse(53303)
      refuseUnless(category.status !== 1, 53308)
      merchant.categories.splice(merchant.categories.indexOf(category), 1)
      return ok()
    },
  ),

  withAuthorizerToken(
    'POST',
    '/cgi-bin/wxopen/modifycategory',
    BASICS,
    v.object({ ...pair, certicates: documents }),
    (_state, input, { merchant }) => {
      refuseUnless(merchant.createdByApi, 41033)
      const category = find(merchant, input)
      if (category === undefined) return refuse(53303)
      refuseUnless(category.status !== 1, 53308)
      refuseUnless(category.status === 2, 53307)
      category.status = 1
      category.reason = ''
      return ok()
    },
  ),
]
