import type { Asked } from '../callers/activity.ts'

/** What a rollout does is nobody's own doing. */
export const byRollout: Asked = { who: 'system:rollout' }
