import * as v from 'valibot'
import { id, optional, number, type RecordOf } from './forms.ts'
import { jsonOf } from './json-of.ts'

const anyObject = v.record(v.string(), v.unknown())

/** A variable of `{{name}}` in a template's settings. */
const variable = v.object({
  label: v.exactOptional(v.string()),
  required: v.exactOptional(v.boolean()),
  default: v.exactOptional(v.string()),
})

/** What all templates of one source mini program start from. */
export const settings = jsonOf(
  v.object({
    ext: v.exactOptional(anyObject),
    extJson: v.exactOptional(anyObject),
    variables: v.exactOptional(v.record(v.string(), variable)),
  }),
)

export const templateSettings = { source: id, settings, revision: optional(number) }

export type TemplateSettings = RecordOf<typeof templateSettings>['settings']

export interface TemplateSettingsStore {
  /** `revision` is undefined where there are none yet. */
  find(source: string): Promise<{ readonly settings: TemplateSettings; readonly revision?: number }>
  /** False where somebody else wrote since they were read. */
  save(source: string, settings: TemplateSettings, seen: number | undefined): Promise<boolean>
}
