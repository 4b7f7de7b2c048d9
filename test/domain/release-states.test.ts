import assert from 'node:assert/strict'
import { test } from 'node:test'
import {
  mayBecome,
  presentRelease,
  submittable,
  supersededByCommit,
  supersededByRelease,
  supersededBySubmission,
  underReview,
} from '../../shared/domain/releases/release-states.ts'
import { releaseStates } from '../../shared/domain/stores/releases.ts'
import { epochMs } from '../../shared/time.ts'

test('from where a release may go where', () => {
  const ways = releaseStates.map((from) => `${from}: ${releaseStates.filter((to) => mayBecome(from, to)).join(' ')}`)
  assert.deepEqual(ways, [
    'committing: committed failed',
    'committed: submitting superseded',
    'failed: ',
    'submitting: committed auditing rejected withdrawn superseded',
    'auditing: delayed approved rejected withdrawn',
    'delayed: approved rejected withdrawn',
    'approved: gray released superseded',
    'rejected: submitting superseded',
    'withdrawn: submitting superseded',
    'gray: approved released superseded',
    'released: rolledBack superseded',
    'rolledBack: released',
    'superseded: released',
  ])
})

test('what takes the place of which releases', () => {
  assert.deepEqual(supersededByCommit, ['committed', 'rejected', 'withdrawn', 'submitting'])
  assert.deepEqual(supersededBySubmission, ['approved'])
  assert.deepEqual(supersededByRelease, ['released', 'approved', 'gray'])
  assert.deepEqual(submittable, ['committed', 'rejected', 'withdrawn'])
  assert.deepEqual(underReview, ['auditing', 'delayed'])
})

test('a release is shown with where it comes from', () => {
  const at = epochMs(Date.parse('2026-03-01T00:00:00Z'))
  const shown = presentRelease({
    releaseId: 'wx1-1',
    appid: 'wx1',
    number: 1,
    revision: 1,
    templateId: 7,
    version: '1.0.0',
    description: 'first',
    state: 'committed',
    createdAt: at,
    updatedAt: at,
  })
  assert.deepEqual(shown, {
    releaseId: 'wx1-1',
    appid: 'wx1',
    templateId: 7,
    version: '1.0.0',
    description: 'first',
    origin: 'here',
    state: 'committed',
    createdAt: '2026-03-01T00:00:00.000Z',
    updatedAt: '2026-03-01T00:00:00.000Z',
  })
})
