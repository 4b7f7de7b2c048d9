import { pushFunction } from '../../shared/entry/push.ts'

/** HTTP: authorization events (授权事件), tickets first of all. */
export const main = pushFunction('component')
