import type { Authorizer, Binding, Release, Snapshot } from './snapshot.ts'

export type Progress = 'done' | 'now' | 'later'

/** Where the selected merchant stands. */
export interface Journey {
  readonly binding: Binding | undefined
  /** Unset until the merchant has authorized. */
  readonly appid: string | undefined
  readonly authorizer: Authorizer | undefined
  /** The newest one. */
  readonly release: Release | undefined
  /** Steps 1 to 8 that can be taken now. */
  readonly current: readonly number[]
}

/** The step that follows a release in this state; there may be a choice. */
const next: Readonly<Record<string, readonly number[]>> = {
  committing: [3],
  failed: [3],
  superseded: [3],
  committed: [4, 5],
  withdrawn: [5],
  submitting: [5],
  auditing: [6],
  delayed: [6],
  rejected: [3, 5],
  approved: [7],
  gray: [7],
  released: [8],
  rolledBack: [3],
}

export const journeyOf = ({ selected, authorizers, releases }: Snapshot): Journey => {
  const appid = selected?.status === 'bound' ? selected.appid : undefined
  const release = appid === undefined ? undefined : releases.find((candidate) => candidate.appid === appid)
  return {
    binding: selected,
    appid,
    authorizer: authorizers.find((candidate) => candidate.appid === appid),
    release,
    current: currentSteps(selected, appid, release),
  }
}

const currentSteps = (binding: Binding | undefined, appid: string | undefined, release: Release | undefined) => {
  if (binding === undefined) return [1]
  if (appid === undefined) return [2]
  return release === undefined ? [3] : (next[release.state] ?? [3])
}

export const progressOf = ({ current, authorizer }: Journey, step: number): Progress => {
  if (step === 8 && authorizer?.currentRelease) return 'done'
  if (current.includes(step)) return 'now'
  return step < Math.max(...current) ? 'done' : 'later'
}

/** State of a release, for people. */
export const stateWords: Readonly<Record<string, readonly [words: string, tone: 'good' | 'bad' | 'wait' | 'plain']>> = {
  committing: ['上传中 committing', 'wait'],
  committed: ['体验版 committed', 'plain'],
  failed: ['上传失败 failed', 'bad'],
  submitting: ['提交中 submitting', 'wait'],
  auditing: ['审核中 auditing', 'wait'],
  delayed: ['审核延期 delayed', 'wait'],
  approved: ['审核通过 approved', 'good'],
  rejected: ['被驳回 rejected', 'bad'],
  withdrawn: ['已撤回 withdrawn', 'plain'],
  gray: ['灰度中 gray', 'wait'],
  released: ['已发布 released', 'good'],
  rolledBack: ['已回退 rolledBack', 'plain'],
  superseded: ['被新版本取代 superseded', 'plain'],
}
