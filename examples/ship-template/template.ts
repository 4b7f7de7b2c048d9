import type { Minifleet } from 'minifleet-client'
import { CannotShip } from './options.ts'

/** The template of this version, made of the newest draft of that version if there is none yet. */
export async function findTemplate(minifleet: Minifleet, version: string, runId: string): Promise<number> {
  for await (const template of minifleet.all('templates.list'))
    if (template.user_version === version) return template.template_id
  for await (const draft of minifleet.all('templates.listDrafts')) {
    if (draft.user_version !== version) continue
    const promoted = await minifleet.call(
      'templates.promote',
      { draftId: draft.draft_id },
      { idempotencyKey: `promote/${runId}` },
    )
    return promoted.templateId
  }
  throw new CannotShip(`No draft has the version ${version}: upload it first`)
}
