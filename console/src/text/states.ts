import { defineTexts } from './language.ts'

export type Tone = 'good' | 'warn' | 'bad' | 'calm' | 'dull'

/** Words of every state that the API answers with. */
export const stateTexts = defineTexts({
  zh: {
    committing: '上传中',
    committed: '体验版',
    failed: '失败',
    submitting: '提交中',
    auditing: '审核中',
    delayed: '延期审核',
    approved: '审核通过',
    rejected: '被驳回',
    withdrawn: '已撤回',
    gray: '灰度中',
    released: '已上线',
    rolledBack: '已回退',
    superseded: '已被取代',
    pending: '待处理',
    skipped: '已跳过',
    running: '进行中',
    paused: '已暂停',
    waitingForQuota: '等待额度',
    awaitingRelease: '待发布',
    completed: '已完成',
    cancelled: '已取消',
    active: '授权有效',
    revoked: '已取消授权',
    reauthorize: '需重新授权',
    none: '未绑定',
    invited: '等待授权',
    bound: '已绑定',
    waiting: '待投递',
    delivered: '已送达',
    dead: '投递失败',
    new: '待处理',
    done: '已处理',
    ended: '已结束',
  },
  en: {
    committing: 'Committing',
    committed: 'Trial',
    failed: 'Failed',
    submitting: 'Submitting',
    auditing: 'In review',
    delayed: 'Review delayed',
    approved: 'Approved',
    rejected: 'Rejected',
    withdrawn: 'Withdrawn',
    gray: 'Gray release',
    released: 'Live',
    rolledBack: 'Rolled back',
    superseded: 'Superseded',
    pending: 'Pending',
    skipped: 'Skipped',
    running: 'Running',
    paused: 'Paused',
    waitingForQuota: 'Waiting for quota',
    awaitingRelease: 'Awaiting release',
    completed: 'Completed',
    cancelled: 'Cancelled',
    active: 'Authorized',
    revoked: 'Withdrawn by merchant',
    reauthorize: 'Needs re-authorization',
    none: 'Not bound',
    invited: 'Waiting for the merchant',
    bound: 'Bound',
    waiting: 'Waiting',
    delivered: 'Delivered',
    dead: 'Gave up',
    new: 'New',
    done: 'Handled',
    ended: 'Ended',
  },
})

export type StateName = keyof (typeof stateTexts)['zh']

const tones: Readonly<Record<Tone, readonly StateName[]>> = {
  good: ['released', 'completed', 'active', 'bound', 'delivered', 'done', 'approved'],
  warn: ['delayed', 'waitingForQuota', 'paused', 'awaitingRelease', 'reauthorize', 'withdrawn', 'skipped'],
  bad: ['rejected', 'failed', 'revoked', 'dead'],
  calm: [
    'committing',
    'committed',
    'submitting',
    'auditing',
    'gray',
    'running',
    'waiting',
    'new',
    'pending',
    'invited',
  ],
  dull: ['rolledBack', 'superseded', 'cancelled', 'none', 'ended'],
}

const toneByState = new Map(
  (['good', 'warn', 'bad', 'calm', 'dull'] as const).flatMap((tone) => tones[tone].map((state) => [state, tone])),
)

export const toneOf = (state: StateName): Tone => toneByState.get(state) ?? 'dull'
