import type { DataOf, InputOf } from '../../api/call.ts'
import { formatExt, parseObject, type Ext } from '../../wechat/ext.ts'

export type Settings = DataOf<'templates.getSettings'>

/** One variable of `{{name}}`, as it is typed. */
export interface VariableDraft {
  readonly name: string
  readonly label: string
  readonly required: boolean
  readonly fallback: string
}

/** A template's settings as they are typed. */
export interface SettingsDraft {
  readonly ext: string
  readonly extJson: string
  readonly variables: readonly VariableDraft[]
}

export const draftOf = ({ ext, extJson, variables = {} }: Settings): SettingsDraft => ({
  ext: ext ? formatExt(ext) : '',
  extJson: extJson ? formatExt(extJson) : '',
  variables: Object.entries(variables).map(([name, { label = '', required = false, default: fallback = '' }]) => ({
    name,
    label,
    required,
    fallback,
  })),
})

/** Names of `{{name}}` in the texts that no row is for yet. */
export const unnamed = ({ ext, extJson, variables }: SettingsDraft): readonly string[] => {
  const used = [...`${ext}\n${extJson}`.matchAll(/\{\{([\p{L}\p{N}_.-]{1,64})\}\}/gu)].map(([, name = '']) => name)
  return [...new Set(used)].filter((name) => !variables.some((variable) => variable.name === name))
}

/** A JSON object; an empty text takes it away. */
const read = (text: string): Ext | null => (text.trim() === '' ? null : (parseObject(text) ?? null))

type SettingsInput = Omit<InputOf<'templates.setSettings'>, 'templateId'>

const variablesOf = (variables: readonly VariableDraft[]): SettingsInput['variables'] =>
  variables.length === 0
    ? null
    : Object.fromEntries(
        variables.map(({ name, label, required, fallback }) => [
          name.trim(),
          {
            ...(label.trim() !== '' && { label: label.trim() }),
            ...(required && { required }),
            ...(fallback !== '' && { default: fallback }),
          },
        ]),
      )

/** Only the members that were typed over: what somebody else saved in another one meanwhile stays. */
export const changesOf = (draft: SettingsDraft, former: SettingsDraft): SettingsInput => {
  const isSame = (name: keyof SettingsDraft): boolean => JSON.stringify(draft[name]) === JSON.stringify(former[name])
  return {
    ...(!isSame('ext') && { ext: read(draft.ext) }),
    ...(!isSame('extJson') && { extJson: read(draft.extJson) }),
    ...(!isSame('variables') && { variables: variablesOf(draft.variables) }),
  }
}
