import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { projectFolder } from '../build/project-folder.ts'
import { works, type Measured } from './model.ts'

const file = join(projectFolder, 'scripts/costs/measured.json')

const usageSchema = v.object({
  calls: v.number(),
  milliseconds: v.number(),
  databaseOperations: v.number(),
  wechatCalls: v.number(),
})

const measuredSchema = v.object({
  assumed: v.object({ wechatMs: v.number(), databaseMs: v.number() }),
  works: v.object(v.entriesFromList(works, usageSchema)),
})

/** @throws ValiError where a piece of work is missing */
export const parseMeasured = (value: unknown): Measured => v.parse(measuredSchema, value)

export const readMeasured = async (): Promise<Measured> => parseMeasured(JSON.parse(await readFile(file, 'utf8')))

/** Hundredths say all that these measurements know. */
export const roundMeasured = (measured: Measured): Measured =>
  parseMeasured(
    JSON.parse(
      JSON.stringify(measured, (_, value: unknown) =>
        typeof value === 'number' ? Math.round(value * 100) / 100 : value,
      ),
    ),
  )

export const writeMeasured = (measured: Measured): Promise<void> =>
  writeFile(file, `${JSON.stringify(measured, null, 2)}\n`)
