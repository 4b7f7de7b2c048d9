import * as v from 'valibot'
import { listActivity } from '../callers/activity-log.ts'
import { domainsFit, platformServerDomains, platformWebviewDomains } from '../miniprograms/domain-names.ts'
import { listPushes } from '../pushes/events.ts'
import { appid, choice, page, text } from '../inputs.ts'
import { changing, reading } from '../operation.ts'
import { platformServerList, platformWebviewList, setPlatformDomains } from '../miniprograms/platform-domains.ts'
import { readStatus } from '../status.ts'

const domainAction = choice(['add', 'delete', 'set', 'get'])
const scope = v.optional(choice(['both', 'test']), 'both')

export const platformOperations = {
  'platform.status': reading({
    role: 'viewer',
    summary: 'How the platform stands: ticket, tokens, audits, queue, problems with their cures',
    input: {},
    run: (platform) => readStatus(platform),
  }),
  'platform.setServerDomains': changing({
    role: 'owner',
    summary: 'Read or change the server domains that the platform may hand out',
    input: { action: domainAction, domains: v.optional(platformServerDomains), scope },
    check: domainsFit,
    run: (platform, input) => setPlatformDomains(platform, platformServerList, input),
  }),
  'platform.setWebviewDomains': changing({
    role: 'owner',
    summary: 'Read or change the web-view domains that the platform may hand out',
    input: { action: domainAction, domains: v.optional(platformWebviewDomains), scope },
    check: domainsFit,
    run: (platform, input) => setPlatformDomains(platform, platformWebviewList, input),
  }),
  'events.list': reading({
    role: 'viewer',
    summary: 'Pushes as received, newest first, secrets removed',
    input: { ...page, appid: v.optional(appid), type: v.optional(text(128)) },
    run: (platform, { appid: account, type, ...request }) => listPushes(platform, { appid: account, type }, request),
  }),
  'activity.list': reading({
    role: 'viewer',
    summary: 'Who did what when, with the outcome, newest first',
    input: page,
    run: (platform, input) => listActivity(platform, input),
  }),
}
