import { reader, writeMembers } from '../domain/stores/forms.ts'
import { templateSettings, type TemplateSettingsStore } from '../domain/stores/template-settings.ts'
import type { Database } from './database.ts'
import { createRecords } from './records.ts'
import { changeSeen } from './revisions.ts'

const collection = 'templateSettings'

export function createTemplateSettingsStore(database: Database): TemplateSettingsStore {
  const all = createRecords(database, collection, reader(templateSettings))
  return {
    find: async (source) => (await all.get(source)) ?? { settings: {} },

    async save(source, settings, seen) {
      const set = writeMembers(templateSettings, { settings })
      if (seen === undefined) return database.insert(collection, { ...set, _id: source, revision: 1 })
      return (await changeSeen(database, collection, { id: source, revision: seen }, { set })) !== undefined
    },
  }
}
