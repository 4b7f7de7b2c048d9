import * as v from 'valibot'
import type { TemplateSettings, TemplateSettingsStore } from '../domain/stores/template-settings.ts'
import type { Database } from './database.ts'
import type { Row } from './requests.ts'
import { text } from './row.ts'
import { changeSeen, revisionOf } from './seen.ts'

const collection = 'templateSettings'

const anyObject = v.record(v.string(), v.unknown())

const stored = v.pipe(
  v.string(),
  v.parseJson(),
  v.object({
    ext: v.exactOptional(anyObject),
    extJson: v.exactOptional(anyObject),
    variables: v.exactOptional(
      v.record(
        v.string(),
        v.object({
          label: v.exactOptional(v.string()),
          required: v.exactOptional(v.boolean()),
          default: v.exactOptional(v.string()),
        }),
      ),
    ),
  }),
)

/** Kept as text: names from outside have no meaning for the database. */
const written = (settings: TemplateSettings): string => JSON.stringify(settings)

export const toSettings = (row: Row): TemplateSettings => v.parse(stored, text(row, 'settings'))

export function createTemplateSettingsStore(database: Database): TemplateSettingsStore {
  return {
    async find(source) {
      const row = await database.get(collection, source)
      return { settings: row ? toSettings(row) : {}, revision: row && revisionOf(row) }
    },

    async save(source, settings, seen) {
      if (seen === undefined)
        return database.insert(collection, { _id: source, settings: written(settings), revision: 1 })
      const change = { set: { settings: written(settings) } }
      return (await changeSeen(database, collection, { id: source, revision: seen }, change)) !== undefined
    },
  }
}
