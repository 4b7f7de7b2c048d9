import { bilingual } from './bilingual.ts'

export const codes = bilingual({
  zh: {
    INVALID_ARGUMENT: '填写有误',
    UNAUTHENTICATED: '没有登录身份',
    PERMISSION_DENIED: '没有这项权限',
    NOT_FOUND: '没有找到',
    CONFLICT: '当前状态不允许这样做',
    REAUTHORIZATION_REQUIRED: '需要商户重新授权',
    WECHAT_REJECTED: '微信拒绝了这次请求',
    QUOTA_EXCEEDED: '额度已用完',
    CONFIG_INVALID: '平台配置有误',
    INTERNAL: '平台出错了',
    WECHAT_UNAVAILABLE: '微信暂时没有响应',
    TICKET_MISSING: '缺少可用的 component_verify_ticket',
    STORAGE_UNAVAILABLE: '数据库暂时不可用',
    UNREACHABLE: '没有连上云函数',
  },
  en: {
    INVALID_ARGUMENT: 'Something is filled in wrongly',
    UNAUTHENTICATED: 'The call has no identity',
    PERMISSION_DENIED: 'Your role does not allow this',
    NOT_FOUND: 'Not found',
    CONFLICT: 'Not possible in the present state',
    REAUTHORIZATION_REQUIRED: 'The merchant has to authorize again',
    WECHAT_REJECTED: 'WeChat refused the request',
    QUOTA_EXCEEDED: 'The quota is used up',
    CONFIG_INVALID: 'The platform is misconfigured',
    INTERNAL: 'The platform broke',
    WECHAT_UNAVAILABLE: 'WeChat does not answer right now',
    TICKET_MISSING: 'No usable component_verify_ticket',
    STORAGE_UNAVAILABLE: 'The database is not available right now',
    UNREACHABLE: 'The cloud function was not reached',
  },
})

/** Where the platform itself names no cure: by code, or by the number of WeChat's cloud if no function answered. */
export const cures = bilingual({
  zh: {
    '-501000': '请确认 miniprogram/config.json 中的云环境 ID 正确，且云函数已部署到该环境。',
    '-501001': '云服务繁忙，请稍后重试。',
    '-504002': '云函数执行出错，请在云开发控制台查看日志。',
    '-504003': '等待超时，结果未知。重试是安全的：同一操作不会重复执行。',
    '-601002': '请确认小程序已开通云开发，并与云环境关联。',
    UNREACHABLE: '请检查网络后重试；同一操作不会重复执行。',
    INTERNAL: '请把请求编号发给平台维护者，凭编号可在日志中找到原因。',
    STORAGE_UNAVAILABLE: '请稍后重试。',
    WECHAT_UNAVAILABLE: '请稍后重试。',
  },
  en: {
    '-501000': 'Check the environment id in miniprogram/config.json, and that the functions are deployed there.',
    '-501001': 'The cloud is busy; try again in a moment.',
    '-504002': 'The function failed; see its log in the CloudBase console.',
    '-504003': 'It took too long and the outcome is unknown. Trying again is safe: the same action is not done twice.',
    '-601002': 'Check that cloud development is on for this mini program and tied to the environment.',
    UNREACHABLE: 'Check the network and try again: the same action is not done twice.',
    INTERNAL: 'Send the request id to whoever maintains the platform: the log tells the reason under it.',
    STORAGE_UNAVAILABLE: 'Try again in a moment.',
    WECHAT_UNAVAILABLE: 'Try again in a moment.',
  },
})
