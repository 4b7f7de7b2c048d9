import { defineTexts } from './language.ts'

/** The words around a refusal. */
export const errorTexts = defineTexts({
  zh: {
    unreachable: '连不上平台',
    unreachableHint: '请检查网络后重试；同一操作不会重复执行。',
    field: '字段',
    requestId: '请求编号',
    copyRequestId: '复制请求编号',
    retry: '重试',
  },
  en: {
    unreachable: 'The platform was not reached',
    unreachableHint: 'Check the network and try again: the same action is not done twice.',
    field: 'Field',
    requestId: 'Request id',
    copyRequestId: 'Copy the request id',
    retry: 'Try again',
  },
})
