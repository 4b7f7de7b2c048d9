import { pushFunction } from '../../shared/entry/push.ts'

/** HTTP: messages and events of authorizers (消息与事件). */
export const main = pushFunction('message')
