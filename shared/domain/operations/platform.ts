import { reading } from '../operation.ts'
import { readStatus } from '../status.ts'
import { listPushes } from '../events.ts'
import { appid, page, text } from '../inputs.ts'
import { listActivity } from '../activity-log.ts'
import * as v from 'valibot'

export const platformOperations = {
  'platform.status': reading({
    role: 'viewer',
    summary: 'How the platform stands: ticket, tokens, audits, queue, problems with their cures',
    input: {},
    run: (platform) => readStatus(platform),
  }),
  'events.list': reading({
    role: 'viewer',
    summary: 'Pushes as received, newest first, secrets removed',
    input: { ...page, appid: v.optional(appid), type: v.optional(text(128)) },
    run: (platform, { appid: account, type, ...request }) => listPushes(platform, { appid: account, type }, request),
  }),
  'activity.list': reading({
    role: 'owner',
    summary: 'Who did what when, with the outcome, newest first',
    input: page,
    run: (platform, input) => listActivity(platform, input),
  }),
}
