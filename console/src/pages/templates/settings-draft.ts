import type { DataOf, InputOf } from '../../api/call.ts'
import { formatExt, readExtJson } from '../rollouts/wizard/ext.ts'

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

const read = (text: string): Readonly<Record<string, unknown>> | null | undefined => {
  if (text.trim() === '') return null
  const found = readExtJson(text)
  return 'ext' in found ? found.ext : undefined
}

type Wish = Omit<InputOf<'templates.setSettings'>, 'templateId'>

/** As `templates.setSettings` takes it; `undefined` where something is no JSON object. */
export const settingsOf = (draft: SettingsDraft): Wish | undefined => {
  const [ext, extJson] = [read(draft.ext), read(draft.extJson)]
  if (ext === undefined || extJson === undefined) return undefined
  const variables = Object.fromEntries(
    draft.variables.map(({ name, label, required, fallback }) => [
      name.trim(),
      {
        ...(label.trim() !== '' && { label: label.trim() }),
        ...(required && { required }),
        ...(fallback !== '' && { default: fallback }),
      },
    ]),
  )
  return { ext, extJson, variables: draft.variables.length > 0 ? variables : null }
}

/** Only the members that were typed over: what somebody else saved in another one meanwhile stays. */
export const changesOf = (draft: SettingsDraft, former: SettingsDraft): Wish | undefined => {
  const wish = settingsOf(draft)
  const isSame = (name: keyof SettingsDraft): boolean => JSON.stringify(draft[name]) === JSON.stringify(former[name])
  return (
    wish && {
      ...(!isSame('ext') && { ext: wish.ext }),
      ...(!isSame('extJson') && { extJson: wish.extJson }),
      ...(!isSame('variables') && { variables: wish.variables }),
    }
  )
}
