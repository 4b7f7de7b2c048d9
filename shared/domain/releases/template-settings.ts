import { Failure } from '../../errors.ts'
import type { Platform } from '../platform.ts'
import type { TemplateSettings } from '../stores/template-settings.ts'
import { renderCopy } from './rendered-copy.ts'
import { knownTemplate, type KnownTemplate } from './templates.ts'

/** One whose source WeChat does not name has settings of its own. */
export const settingsKeyOf = ({ source, templateId }: KnownTemplate): string =>
  source === '' ? `template-${templateId}` : source

export async function settingsOf(platform: Platform, template: KnownTemplate): Promise<TemplateSettings> {
  return (await platform.stores.templateSettings.find(settingsKeyOf(template))).settings
}

export const readSettings = async (platform: Platform, templateId: number): Promise<TemplateSettings> =>
  settingsOf(platform, await knownTemplate(platform, templateId))

export type SettingsChange = { readonly [K in keyof TemplateSettings]?: TemplateSettings[K] | null | undefined }

/** Given members replace, `null` takes one away, the others stay. */
export async function changeSettings(
  platform: Platform,
  templateId: number,
  change: SettingsChange,
): Promise<TemplateSettings> {
  const template = await knownTemplate(platform, templateId)
  assertRenderable(template, change)
  const key = settingsKeyOf(template)
  for (let round = 0; round < 10; round++) {
    const { settings, revision } = await platform.stores.templateSettings.find(key)
    const changed = merge(settings, change)
    if (await platform.stores.templateSettings.save(key, changed, revision)) return changed
  }
  throw new Failure('DATABASE_CONTENTION')
}

/** Whatever the values of its variables, it can be sent. */
const assertRenderable = ({ isStandard }: KnownTemplate, { ext, extJson }: SettingsChange): string =>
  renderCopy({
    extAppid: '',
    standardTemplate: isStandard,
    ext: ext ?? undefined,
    extJson: extJson ?? undefined,
    variables: {},
    lacking: () => '',
  })

function merge(settings: TemplateSettings, change: SettingsChange): TemplateSettings {
  const ext = change.ext === undefined ? settings.ext : change.ext
  const extJson = change.extJson === undefined ? settings.extJson : change.extJson
  const variables = change.variables === undefined ? settings.variables : change.variables
  return { ...(ext && { ext }), ...(extJson && { extJson }), ...(variables && { variables }) }
}
