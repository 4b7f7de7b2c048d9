import type { Minifleet } from '../../../../client/src/client.ts'
import type { DataOf, InputOf } from '../../api/call.ts'
import { allNames, saveCsv } from '../../parts/export-button.tsx'
import type { TextsIn } from '../../text/language.ts'
import type { rolloutToolTexts } from '../../text/rollouts.ts'
import type { ItemState, Rollout } from './item-states.ts'

type Texts = TextsIn<typeof rolloutToolTexts>

/** Merchants of a page, as many as one call takes. */
const PAGE = 100

interface Words {
  readonly texts: Texts
  readonly words: (state: ItemState) => string
}

/** The merchants that are shown, on all pages. */
export async function saveItems(
  client: Minifleet,
  { version }: Rollout,
  input: Omit<InputOf<'rollouts.items'>, 'cursor' | 'limit'>,
  { texts, words }: Words,
): Promise<void> {
  const names = await allNames(client)
  const rows = [['appid', texts.merchant, texts.wave, texts.state, texts.code, texts.problem]]
  for await (const { appid, wave, state, problem } of client.all('rollouts.items', { ...input, limit: PAGE }))
    rows.push([appid, names.get(appid) ?? '', String(wave), words(state), problem?.code ?? '', problem?.message ?? ''])
  saveCsv(`${version} ${input.rolloutId}`, rows)
}

/** Every merchant that was rejected, group by group. */
export async function saveRejections(
  client: Minifleet,
  { rolloutId, version }: Rollout,
  groups: DataOf<'rollouts.rejections'>['items'],
  texts: Texts,
): Promise<void> {
  const names = await allNames(client)
  const rows = [[texts.reason, 'appid', texts.merchant, texts.wave]]
  for (const { reason } of groups)
    for await (const { appid, wave } of client.all('rollouts.items', { rolloutId, reason, limit: PAGE }))
      rows.push([reason, appid, names.get(appid) ?? '', String(wave)])
  saveCsv(`${version} ${rolloutId} rejections`, rows)
}

/** As many as one call takes. */
const COMPARED = 50

/** What is online beside what would be sent. */
export async function saveComparison(
  client: Minifleet,
  merchants: readonly { readonly appid: string; readonly nickName: string }[],
  input: Omit<InputOf<'releases.compare'>, 'appids'>,
  texts: Texts,
): Promise<void> {
  const names = new Map(merchants.map(({ appid, nickName }) => [appid, nickName]))
  const appids = [...names.keys()]
  const rows = [
    [
      'appid',
      texts.merchant,
      texts.live,
      texts.liveSource,
      texts.next,
      texts.nextSource,
      texts.added,
      texts.removed,
      texts.changed,
      texts.warnings,
    ],
  ]
  for (let from = 0; from < appids.length; from += COMPARED) {
    const { items } = await client.call('releases.compare', { ...input, appids: appids.slice(from, from + COMPARED) })
    for (const { appid, live, next, extJson, warnings } of items)
      rows.push([
        appid,
        names.get(appid) ?? '',
        live?.version ?? '',
        live?.source ?? '',
        next.version ?? '',
        next.source,
        ...[extJson?.added, extJson?.removed, extJson?.changed].map((keys = []) => keys.join(' ')),
        warnings.map(({ code }) => code).join(' '),
      ])
  }
  saveCsv(`comparison ${input.version ?? input.templateId}`, rows)
}
