import { roles as words } from '../../../shared/words/roles.ts'
import { defineTexts } from './language.ts'

export const roles = ['viewer', 'operator', 'owner'] as const
export type Role = (typeof roles)[number]

export const roleTexts = defineTexts({
  zh: {
    viewer: words.viewer.zh,
    operator: words.operator.zh,
    owner: words.owner.zh,
    viewerMay: '查看一切，不能操作',
    operatorMay: '邀请商户、上传、提审、发布、批量发布',
    ownerMay: '做一切，包括域名、订阅、密钥和成员',
    needs: (role: string) => `需要${role}的角色`,
    yours: (role: string) => `你的角色：${role}`,
    needsOwner: '只有所有者可以看这一页',
    needsOwnerHint: (role: string) =>
      `你现在的角色是${role}。请所有者在「设置 › 成员」里调整，或换用所有者的密钥登录。`,
  },
  en: {
    viewer: words.viewer.en,
    operator: words.operator.en,
    owner: words.owner.en,
    viewerMay: 'Sees everything, changes nothing',
    operatorMay: 'Invites merchants, commits, submits, releases and rolls out',
    ownerMay: 'Does everything: domains, subscriptions, keys and people, too',
    needs: (role: string) => `Takes the role of ${role.toLowerCase()}`,
    yours: (role: string) => `Your role: ${role.toLowerCase()}`,
    needsOwner: 'This page is for owners',
    needsOwnerHint: (role: string) =>
      `Your role is ${role.toLowerCase()}. An owner changes it at Settings › People; or sign in with an owner’s key.`,
  },
})
