import { usualFailures } from '../../../../../shared/domain/rollouts/careful-plan.ts'
import type { InputOf } from '../../../api/call.ts'
import { linesOf, numberIn } from '../../../text/typed.ts'
import { type Audience, totalOf } from './directory.ts'
import { attributesOf, domainKinds, type Draft } from './draft.ts'
import { extOf } from '../../../wechat/ext.ts'
import { endsOf, wavesOf } from './waves.ts'

type Plan = InputOf<'rollouts.create'>

/** As the platform decides where nobody chose. */
export const nextWaveWhenOf = ({ nextWaveWhen, autoRelease }: Draft): 'approved' | 'released' =>
  nextWaveWhen ?? (autoRelease ? 'released' : 'approved')

const audienceOf = (draft: Draft): Pick<Plan, 'appids' | 'all' | 'filter'> => {
  const { audience, picked, liveVersion, attributes } = draft
  if (audience === 'all') return { all: true }
  if (audience === 'pick') return { appids: picked.map(({ appid }) => appid) }
  return {
    filter: {
      ...(attributes.length > 0 && { attributes: attributesOf(draft) }),
      ...(liveVersion !== '' && { liveVersion }),
    },
  }
}

const setupOf = (draft: Draft): Plan['setup'] => {
  const { domains, privacy, contactKind, contact, noticeMethod, privacyList } = draft
  const filled = domainKinds.filter((kind) => linesOf(domains[kind]).length > 0)
  const server = filled.filter((kind) => kind !== 'webviewDomains')
  if (filled.length === 0 && !privacy) return undefined
  return {
    ...(server.length > 0 && {
      serverDomains: Object.fromEntries(server.map((kind) => [kind, linesOf(domains[kind])])),
    }),
    ...(filled.includes('webviewDomains') && { webviewDomains: linesOf(domains.webviewDomains) }),
    ...(privacy && {
      privacy: {
        ownerSetting: { [contactKind]: contact.trim(), notice_method: noticeMethod.trim() },
        settingList: privacyList.map(({ name, value }) => ({ privacy_key: name, privacy_text: value.trim() })),
      },
    }),
  }
}

const STEPS = [5, 30, 100]

/** A filled-in draft as `rollouts.create` takes it; `undefined` while no template is chosen. */
export const planOf = (draft: Draft, audience: Audience): Plan | undefined => {
  const { templateId, version, description, name, maxFailures, quotaReserve, autoSubmit, autoRelease } = draft
  const ext = extOf(draft)
  const setup = setupOf(draft)
  if (templateId === undefined || ext === undefined) return undefined
  return {
    name: name.trim(),
    templateId,
    version: version.trim(),
    description: description.trim(),
    ...audienceOf(draft),
    ...(Object.keys(ext).length > 0 && { ext }),
    ...(setup && { setup }),
    waves: wavesOf(endsOf(draft, totalOf(audience))),
    nextWaveWhen: nextWaveWhenOf(draft),
    maxFailures: maxFailures.trim() === '' ? usualFailures(audience.merchants.length) : numberIn(maxFailures),
    quotaReserve: numberIn(quotaReserve.trim() || '0'),
    autoSubmit,
    autoRelease,
    ...(draft.allow.length > 0 && { allow: draft.allow }),
    ...(draft.gray && { gray: STEPS }),
    ...(draft.guard !== 'none' && { guard: { then: draft.guard } }),
    ...hoursOf(draft),
  }
}

/** Of this computer. */
export const timeZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone

/** The moment that `YYYY-MM-DD HH:MM` means here; `undefined` where it means none. */
export function startOf({ startAt }: Pick<Draft, 'startAt'>): Date | undefined {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)[ T](\d\d:\d\d)$/.exec(startAt.trim()) ?? []
  const moment = new Date(`${day}T${time}`)
  return Number.isNaN(moment.getTime()) ? undefined : moment
}

const clock = /^(?:[01]\d|2[0-3]):[0-5]\d$/

/** Both or none, and not the same. */
export function quietFits({ quietFrom, quietTo }: Pick<Draft, 'quietFrom' | 'quietTo'>): boolean {
  const [from, to] = [quietFrom.trim(), quietTo.trim()]
  return (from === '' && to === '') || (clock.test(from) && clock.test(to) && from !== to)
}

const hoursOf = (draft: Draft): Pick<Plan, 'startAt' | 'quietHours'> => {
  const start = startOf(draft)
  const from = draft.quietFrom.trim()
  return {
    ...(start && { startAt: start.toISOString() }),
    ...(from !== '' && { quietHours: { from, to: draft.quietTo.trim(), timeZone: timeZone() } }),
  }
}
