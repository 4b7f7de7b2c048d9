/** A variable of `{{name}}` in a template's settings. */
export interface TemplateVariable {
  readonly label?: string
  readonly required?: boolean
  readonly default?: string
}

/** What all templates of one source mini program start from. */
export interface TemplateSettings {
  readonly ext?: Readonly<Record<string, unknown>>
  readonly extJson?: Readonly<Record<string, unknown>>
  readonly variables?: Readonly<Record<string, TemplateVariable>>
}

export interface TemplateSettingsStore {
  /** `revision` is undefined where there are none yet. */
  find(source: string): Promise<{ readonly settings: TemplateSettings; readonly revision: number | undefined }>
  /** False where somebody else wrote since they were read. */
  save(source: string, settings: TemplateSettings, seen: number | undefined): Promise<boolean>
}
