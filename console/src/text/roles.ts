import { roles as words } from '../../../shared/words/roles.ts'
import { defineTexts } from './language.ts'

export const roles = ['viewer', 'operator', 'owner'] as const
export type Role = (typeof roles)[number]

export const roleTexts = defineTexts({
  viewer: { zh: words.viewer.zh, en: words.viewer.en },
  operator: { zh: words.operator.zh, en: words.operator.en },
  owner: { zh: words.owner.zh, en: words.owner.en },
  viewerMay: { zh: '查看一切，不能操作', en: 'Sees everything, changes nothing' },
  operatorMay: {
    zh: '邀请商户、上传、提审、发布、批量发布',
    en: 'Invites merchants, commits, submits, releases and rolls out',
  },
  ownerMay: {
    zh: '做一切，包括域名、订阅、密钥和成员',
    en: 'Does everything: domains, subscriptions, keys and people, too',
  },
  needs: { zh: (role: string) => `需要${role}的角色`, en: (role: string) => `Takes the role of ${role.toLowerCase()}` },
  yours: { zh: (role: string) => `你的角色：${role}`, en: (role: string) => `Your role: ${role.toLowerCase()}` },
  needsHint: {
    zh: (role: string) => `你现在的角色是${role}。请所有者在「设置 › 成员」里调整，或换用所有者的密钥登录。`,
    en: (role: string) =>
      `Your role is ${role.toLowerCase()}. An owner changes it at Settings › People; or sign in with an owner’s key.`,
  },
})
