import type { RunningWechat } from '../wechat/server.ts'

export interface Scanned {
  readonly status: 'bound' | 'failed'
  /** Why it failed, as the platform wrote it into the address. */
  readonly code?: string
}

/** A page did not lead on. */
export class DeadEnd extends Error {
  override readonly name = 'DeadEnd'
}

interface Choice {
  readonly appid: string
  /** What the person ticks; default: everything that is offered. */
  readonly sets?: readonly number[] | undefined
}

/**
 * What a merchant does with an invite: opens the page, follows the link to WeChat, chooses an account, agrees, and is sent back.
 *
 * @throws DeadEnd
 */
export const scanInvite = async (wechat: RunningWechat, inviteUrl: string, choice: Choice): Promise<Scanned> => {
  const start = await fetch(inviteUrl)
  const startPage = await start.text()
  const link = linkToWechat(startPage)
  if (!start.ok || link === undefined) throw new DeadEnd(`the invitation answered ${start.status}`)
  const cookie = start.headers.getSetCookie().map((line) => line.split(';', 1)[0])
  const scan = await fetch(link, { headers: { referer: inviteUrl } })
  const scanPage = await scan.text()
  const scanId = /name="scan" value="([^"]+)"/.exec(scanPage)?.[1]
  if (scanId === undefined) throw new DeadEnd(headingOf(scanPage))
  const form = new URLSearchParams({ scan: scanId, appid: choice.appid, decision: 'confirm' })
  for (const set of choice.sets ?? setsOn(scanPage)) form.append('set', String(set))
  const confirmed = await fetch(`${wechat.url}/__wechat/pages/authorize`, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  })
  const back = confirmed.headers.get('location')
  if (back === null) throw new DeadEnd(headingOf(await confirmed.text()))
  const landed = await fetch(back, { headers: { cookie: cookie.join('; ') }, redirect: 'manual' })
  return outcomeOf(landed)
}

const linkToWechat = (page: string): string | undefined =>
  [...page.matchAll(/href="([^"]+)"/g)]
    .map(([, href = '']) => href.replaceAll(/&amp;|&#38;/g, '&'))
    .find((href) => href.includes('/cgi-bin/componentloginpage'))

const setsOn = (page: string): number[] => [...page.matchAll(/name="set" value="(\d+)"/g)].map(([, id]) => Number(id))

const headingOf = (page: string): string => /<p>([^<]+)<\/p>/.exec(page)?.[1] ?? 'the page did not lead on'

const outcomeOf = async (landed: Response): Promise<Scanned> => {
  const location = landed.headers.get('location')
  if (location === null) return { status: landed.ok ? 'bound' : 'failed' }
  const { searchParams } = new URL(location)
  const code = searchParams.get('code')
  if (searchParams.get('status') === 'bound') return { status: 'bound' }
  return { status: 'failed', ...(code !== null && { code }) }
}
