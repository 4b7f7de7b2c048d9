import { defineTexts } from './language.ts'

const homes = (count: number): string => `${count} 家`
const shops = (count: number): string => (count === 1 ? '1 merchant' : `${count} merchants`)

/** The board of all reviews. */
export const reviewTexts = defineTexts({
  title: { zh: '审核看板', en: 'Reviews' },
  about: { zh: '全部商户的审核，包括不在批量发布里的。', en: 'Reviews of all merchants, in rollouts or not.' },
  toBoard: { zh: '审核看板', en: 'All reviews' },
  back: { zh: '批量发布', en: 'Rollouts' },
  filter: { zh: '按阶段查看', en: 'Which reviews' },
  underReview: { zh: '审核中', en: 'Under review' },
  rejected: { zh: '已驳回', en: 'Rejected' },
  approved: { zh: '已通过，未上线', en: 'Approved, not live' },
  counted: {
    zh: (label: string, count: number) => `${label} ${count}`,
    en: (label: string, count: number) => `${label} ${count}`,
  },
  merchant: { zh: '商户', en: 'Merchant' },
  version: { zh: '版本', en: 'Version' },
  state: { zh: '状态', en: 'State' },
  since: { zh: '自', en: 'Since' },
  rollout: { zh: '批量发布', en: 'Rollout' },
  open: { zh: '打开', en: 'Open' },
  noneUnderReview: { zh: '没有在审核的版本', en: 'Nothing is under review' },
  noneRejected: { zh: '没有被驳回的版本', en: 'Nothing is rejected' },
  noneApproved: { zh: '没有等待上线的版本', en: 'Nothing waits to go live' },
  rejectedCount: { zh: homes, en: shops },
  more: {
    zh: (count: number) => `只归类了最近的 ${count} 家`,
    en: (count: number) => `Only the newest ${count} are grouped`,
  },
  noReason: { zh: '微信没有给出原因', en: 'WeChat gave no reason' },
})
