import { bilingual } from './bilingual.ts'

/** Where no function answered: by the number of WeChat's cloud. */
export const cures = bilingual({
  zh: {
    '-501000': '请确认 miniprogram/config.json 中的云环境 ID 正确，且云函数已部署到该环境。',
    '-501001': '云服务繁忙，请稍后重试。',
    '-404011': '云函数没有正常结束，请在云开发控制台查看日志。',
    '-501002': '云服务响应超时。重试是安全的：同一操作不会重复执行。',
    '-501003': '调用过于频繁，请稍后重试。',
    '-501004': '同时调用过多，请稍后重试。',
    '-504001': '云函数没有正常结束，请在云开发控制台查看日志。',
    '-504002': '云函数执行出错，请在云开发控制台查看日志。',
    '-504003': '等待超时，结果未知。重试是安全的：同一操作不会重复执行。',
    '-601002': '请确认小程序已开通云开发，并与云环境关联。',
    UNREACHABLE: '请检查网络后重试；同一操作不会重复执行。',
  },
  en: {
    '-501000': 'Check the environment id in miniprogram/config.json, and that the functions are deployed there.',
    '-501001': 'The cloud is busy; try again in a moment.',
    '-404011': 'The function did not end well; see its log in the CloudBase console.',
    '-501002': 'The cloud did not answer in time. Trying again is safe: the same action is not done twice.',
    '-501003': 'Too many calls; try again in a moment.',
    '-501004': 'Too many calls at once; try again in a moment.',
    '-504001': 'The function did not end well; see its log in the CloudBase console.',
    '-504002': 'The function failed; see its log in the CloudBase console.',
    '-504003': 'It took too long and the outcome is unknown. Trying again is safe: the same action is not done twice.',
    '-601002': 'Check that cloud development is on for this mini program and tied to the environment.',
    UNREACHABLE: 'Check the network and try again: the same action is not done twice.',
  },
})
