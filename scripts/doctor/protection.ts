import { isDeepStrictEqual } from 'node:util'
import { collections } from '../../shared/cloudbase/collections.ts'
import { readProject } from '../deploy/project.ts'
import { parseRules, rulesBeside } from '../deploy/access-rules.ts'
import { compareSettings } from '../deploy/functions.ts'
import { ok, type Finding } from './finding.ts'
import type { Check } from './patient.ts'

/** Nobody but the functions may read what is stored, or call a function that is not for clients. */
export const checkPermissions: Check = async ({ cloud }) => {
  if (!cloud) return []
  const there = new Set(await cloud.cloud.listCollections())
  const names = collections.map(({ name }) => name)
  const missing = names.filter((name) => !there.has(name))
  const present = names.filter((name) => there.has(name))
  const permissions = present.length === 0 ? new Map<string, string>() : await cloud.cloud.permissions(present)
  const open = present.filter((name) => permissions.get(name) !== 'ADMINONLY')
  const findings: Finding[] = []
  if (missing.length > 0)
    findings.push({
      id: 'collections.missing',
      level: 'error',
      what: { zh: `缺少集合 ${missing.join('、')}`, en: `collections are missing: ${missing.join(', ')}` },
      why: { zh: '写入不存在的集合会失败', en: 'a write to a collection that does not exist fails' },
      click: { zh: 'npm run deploy', en: 'npm run deploy' },
    })
  if (open.length > 0)
    findings.push({
      id: 'collections.open',
      level: 'error',
      what: { zh: `集合 ${open.join('、')} 不是仅管理端可读写`, en: `not ADMINONLY: ${open.join(', ')}` },
      why: { zh: '小程序用户可能直接读写这些数据', en: 'users of a mini program might read or write them' },
      click: { zh: 'npm run deploy', en: 'npm run deploy' },
    })
  if (findings.length === 0)
    findings.push(ok('collections', '集合齐全且仅管理端可读写', 'all collections are there and ADMINONLY'))
  const rules = parseRules(await cloud.cloud.functionRules())
  const { functions } = await readProject()
  const ours = functions.map(({ name }) => name)
  if (isDeepStrictEqual(rules, rulesBeside(rules, ours)))
    return [...findings, ok('rules', '云函数安全规则正确', 'function rules are right')]
  return [
    ...findings,
    {
      id: 'rules',
      level: 'warning',
      what: { zh: '云函数安全规则与预期不同', en: 'the security rules of the functions are others than wanted' },
      why: {
        zh: '客户端可能调用不该调用的函数（函数自身也会拒绝）',
        en: 'clients may reach functions that are not for them; those refuse, too',
      },
      click: { zh: 'npm run deploy', en: 'npm run deploy' },
    },
  ]
}

/** Are the deployed settings those of this folder and of .env? */
export const checkSettings: Check = async ({ cloud, project }) => {
  if (!cloud) return []
  const findings: Finding[] = []
  for (const own of project.functions) {
    const live = await cloud.cloud.findFunction(own.name)
    const differences = live ? compareSettings(project, own, cloud.values.templates, live) : ['missing']
    if (differences.length === 0) continue
    findings.push({
      id: `settings.${own.name}`,
      level: live ? 'warning' : 'error',
      what: {
        zh: `云函数 ${own.name} 与本机配置不同：${differences.join('、')}`,
        en: `function ${own.name} differs from this folder and .env: ${differences.join(', ')}`,
      },
      why: { zh: '修改只有部署后才生效', en: 'changes take effect when they are deployed' },
      click: { zh: `npm run deploy -- --only ${own.name}`, en: `npm run deploy -- --only ${own.name}` },
    })
  }
  return findings.length === 0
    ? [ok('settings', '云函数配置一致', 'functions have the settings of this folder')]
    : findings
}

/** WeChat lets in whitelisted addresses only; 61004 says that ours is not. */
export const checkAddress: Check = async ({ cloud, database }) => {
  const refused = await database.get('problems', 'ADDRESS_NOT_ALLOWED')
  const isRefused = refused !== undefined && refused['closed'] !== true
  const addresses = (await cloud?.cloud.findFunction('refreshTokens'))?.addresses ?? []
  const list = addresses.join(';')
  if (isRefused)
    return [
      {
        id: 'address',
        level: 'error',
        what: { zh: '微信拒绝出口 IP（61004）', en: 'WeChat refuses our egress address (61004)' },
        why: { zh: '不在白名单内的地址无法调用任何接口', en: 'no call gets through from an address off the whitelist' },
        click: {
          zh: `open.weixin.qq.com → 第三方平台 → 详情 → 开发资料 → 白名单IP地址列表 添加 ${list || '固定出口 IP'}；已全网发布的还需再次全网发布`,
          en: `add ${list || 'the fixed address'} to 白名单IP地址列表 in WeChat's console; a published platform must be published again`,
        },
      },
    ]
  if (!cloud) return []
  if (addresses.length > 0)
    return [
      { ...ok('address', `固定出口 IP：${list}`, 'fixed egress address; it must stand on the whitelist'), level: 'ok' },
    ]
  return [
    {
      id: 'address',
      level: 'warning',
      what: { zh: '没有固定出口 IP', en: 'there is no fixed egress address' },
      why: { zh: '出口地址会变化，微信白名单无法生效', en: 'addresses change, so the whitelist cannot hold them' },
      click: {
        zh: '云开发控制台 → 云函数 → refreshTokens → 函数配置 → 固定出口 IP → 启用（部分套餐不含）',
        en: 'CloudBase console → functions → refreshTokens → 固定出口 IP (not in every plan)',
      },
    },
  ]
}
