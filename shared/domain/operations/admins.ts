import * as v from 'valibot'
import { Failure } from '../../errors.ts'
import { createApiKey, originOf, revokeApiKey } from '../callers/api-keys.ts'
import { roleOf } from '../callers/authorize.ts'
import { namesOf } from '../callers/names.ts'
import { removeOnce } from '../callers/remove-once.ts'
import { nothing, oneOf, pageOf, time, words, yesOrNo } from '../answers.ts'
import { appid, choice, epochOf, list, moment, page, text } from '../inputs.ts'
import { flaw } from '../input-flaws.ts'
import { changing, reading } from '../operation.ts'
import { lazily, told } from '../described-fields.ts'
import { databaseTime, type Platform } from '../platform.ts'
import { present } from '../present.ts'
import { confirmers, roles } from '../stores/admins.ts'
import { mapItems, type PageRequest } from '../stores/page.ts'

const adminId = told(
  'OPENID or uid of the person',
  '该人的 OPENID 或 uid',
  v.pipe(
    v.string(),
    v.regex(/^[\w.:@-]{1,128}$/, flaw('CHARACTERS_NOT_ALLOWED', { max: 128, allowed: 'A-Z a-z 0-9 _ . : @ -' })),
  ),
  'oAbc123',
)
const role = told('What may be done', '角色', choice(roles))
const keyId = told('Id of the key', '密钥编号', text(64), '0123456789abcdef')

const person = lazily(() =>
  v.strictObject({
    id: words('OPENID or uid of the person', '该人的 OPENID 或 uid', 'oAbc123'),
    role: oneOf('What may be done', '角色', roles),
    name: v.optional(words('What the person is called', '称呼', 'Ming')),
  }),
)

/** An API key as owners see it: without the key. */
const apiKey = lazily(() =>
  v.strictObject({
    keyId: words('Id of the key', '密钥编号', '0123456789abcdef'),
    name: words('What it is for', '用途', 'shop server'),
    role: oneOf('What may be done', '角色', roles),
    createdAt: time('When it was made', '创建时间'),
    operations: v.optional(told('It covers these alone', '仅可调用这些操作', v.array(v.string()), ['bindings.get'])),
    appids: v.optional(told('It covers these alone', '仅限这些账号', v.array(v.string()), ['wx1234567890abcdef'])),
    expiresAt: v.optional(time('Until when it works', '到期时间')),
    revokedAt: v.optional(time('When it was revoked', '吊销时间')),
    lastUsedAt: v.optional(time('Used last, to the hour', '最近使用时间（精确到小时）')),
    createdBy: v.optional(words('Who made it, or whose key did', '创建者', 'oAbc123')),
    confirmBy: v.optional(
      oneOf('Who must confirm what its agent would not simply undo', '不易撤销的操作由谁确认', confirmers),
    ),
    madeWith: v.optional(words('The key it was made with', '用哪个密钥创建', '0123456789abcdef')),
    renew: v.optional(yesOrNo('Make a new one in its place', '应换用新密钥')),
  }),
)

/** Where a list was left within those of ADMIN_OPENIDS, which stand in no row. */
const FIXED_CURSOR = /^fixed\.(\d{1,4})$/

async function listAdmins(platform: Platform, { limit, cursor }: PageRequest) {
  const { adminOpenids } = platform.settings
  const place = cursor === undefined ? '0' : FIXED_CURSOR.exec(cursor)?.[1]
  const from = place === undefined ? adminOpenids.length : Number(place)
  const fixed = adminOpenids.slice(from, from + limit)
  const names = await namesOf(
    platform,
    fixed.map((id) => `openid:${id}`),
  )
  const first = fixed.map((id) => ({ id, role: 'owner' as const, name: names.get(`openid:${id}`), fixed: true }))
  const left = limit - first.length
  if (left === 0) return { items: first, nextCursor: `fixed.${from + limit}` }
  const stored = await platform.stores.admins.list({ limit: left, cursor: place === undefined ? cursor : undefined })
  return { ...stored, items: [...first, ...stored.items.filter(({ id }) => !adminOpenids.includes(id))] }
}

export const adminOperations = {
  'admins.me': reading({
    role: 'viewer',
    summary: { en: 'Who calls, and in which role', zh: '当前调用者及其角色' },
    reach: 'everyone',
    input: {},
    output: person,
    run: async (platform, _input, { caller }) => {
      const name = (await namesOf(platform, [caller.identity])).get(caller.identity)
      return {
        id: caller.identity.replace(/^\w+:/, ''),
        // No call comes this far without one.
        role: caller.role ?? (await roleOf(platform, caller.identity)) ?? 'viewer',
        ...(name !== undefined && { name }),
      }
    },
  }),
  'admins.list': reading({
    role: 'owner',
    summary: {
      en: 'People who may use the platform, those of ADMIN_OPENIDS first',
      zh: '可使用平台的人员，ADMIN_OPENIDS 中的在前',
    },
    input: page,
    output: lazily(() =>
      pageOf(
        v.strictObject({
          ...person().entries,
          fixed: v.optional(yesOrNo('Named in ADMIN_OPENIDS', '在 ADMIN_OPENIDS 中指定')),
        }),
      ),
    ),
    run: listAdmins,
  }),
  'admins.put': changing({
    role: 'owner',
    repeatable: true,
    summary: { en: 'Give a person a role', zh: '授予某人角色' },
    input: {
      id: adminId,
      role,
      name: v.optional(told('What the person is called', '称呼', text(64), 'Ming')),
    },
    output: person,
    run: async (platform, { id, role: given, name }) => {
      await platform.stores.admins.put({ id, role: given, ...(name !== undefined && { name }) })
      platform.memory.roles.clear()
      return { id, role: given, ...(name !== undefined && { name }) }
    },
  }),
  'admins.delete': changing({
    role: 'owner',
    destructive: true,
    summary: { en: "Take a person's role away", zh: '取消某人的角色' },
    input: { id: adminId },
    output: nothing,
    run: async (platform, { id }, run) => {
      if (platform.settings.adminOpenids.includes(id)) throw new Failure('OWNER_BY_CONFIGURATION', { field: 'id' })
      // Whichever of the two it is: an OPENID, or the uid of a web login.
      for (const kind of ['openid', 'uid'])
        await platform.stores.admins.revokeKeysOf(`${kind}:${id}`, databaseTime(platform))
      platform.memory.keys.clear()
      await removeOnce(run, {
        isThere: async () => (await platform.stores.admins.find(id)) !== undefined,
        remove: () => platform.stores.admins.remove(id),
        unknown: () => new Failure('ADMIN_UNKNOWN', { field: 'id' }),
      })
      platform.memory.roles.clear()
      return {}
    },
  }),
  'apiKeys.create': changing({
    role: 'owner',
    summary: { en: 'Make an API key; it is shown this once', zh: '创建 API 密钥；密钥只显示这一次' },
    input: {
      name: told('What it is for', '用途', text(64), 'shop server'),
      role,
      operations: v.optional(
        told('Covers these alone', '仅可调用这些操作', list(text(64), 200), ['bindings.createLink']),
      ),
      appids: v.optional(told('Covers these alone', '仅限这些账号', list(appid, 1000), ['wx1234567890abcdef'])),
      expiresAt: v.optional(moment('Until when it works', '到期时间')),
      confirmBy: v.optional(
        told(
          'A person confirms what its agent would not simply undo',
          '不易撤销的操作须由人确认（供智能体使用的密钥）',
          choice(confirmers),
        ),
      ),
    },
    output: lazily(() =>
      v.strictObject({
        keyId: words('Id of the key', '密钥编号', '0123456789abcdef'),
        key: words(
          'Send it as a Bearer token; keep it secret',
          '作为 Bearer 令牌发送，请妥善保密',
          'mf_0123456789abcdef_0123',
        ),
      }),
    ),
    run: (platform, { expiresAt, ...rest }, { caller, activityId }) => {
      const end = epochOf(expiresAt)
      if (end !== undefined && end <= databaseTime(platform)) throw new Failure('ALREADY_PAST', { field: 'expiresAt' })
      return createApiKey(platform, caller, { ...rest, expiresAt: end }, activityId)
    },
  }),
  'apiKeys.list': reading({
    role: 'owner',
    summary: { en: 'API keys, without the keys themselves', zh: 'API 密钥列表，不含密钥本身' },
    input: page,
    output: lazily(() => pageOf(apiKey())),
    run: async (platform, input) =>
      mapItems(await platform.stores.admins.listKeys(input), (record) =>
        present(apiKey(), { ...record, ...originOf(platform, record) }),
      ),
  }),
  'apiKeys.revoke': changing({
    role: 'owner',
    destructive: true,
    summary: { en: 'Revoke an API key at once', zh: '立即吊销 API 密钥' },
    input: { keyId },
    output: nothing,
    run: (platform, input, run) => revokeApiKey(platform, input.keyId, run),
  }),
}
