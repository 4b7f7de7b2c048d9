import type { Told } from './language.ts'

export const roles: Readonly<Record<'viewer' | 'operator' | 'owner', Told>> = {
  viewer: { zh: '观察者', en: 'Viewer' },
  operator: { zh: '运营者', en: 'Operator' },
  owner: { zh: '所有者', en: 'Owner' },
}
