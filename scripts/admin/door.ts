import axios from 'axios'
import * as v from 'valibot'
import { openApp } from '../../shared/app.ts'
import { systemCaller } from '../../shared/domain/callers/caller.ts'
import { perform } from '../../shared/domain/operation.ts'
import { tableOf } from '../../shared/domain/operations/table.ts'
import { isFailure } from '../../shared/errors.ts'
import { createLog } from '../../shared/log.ts'
import { putIntoWords } from '../../shared/notice.ts'
import type { Language } from '../../shared/words/language.ts'
import { isParams, type Params } from '../../shared/words/params.ts'
import { tell } from '../../shared/words/tell.ts'
import { takeAdministratorsPlace } from '../deploy/database.ts'
import { workAtLocalHost } from '../deploy/local-place.ts'
import { readProject } from '../deploy/project.ts'
import { readEnvironment, readValues } from '../deploy/values.ts'
import { refuseVariables, wrongIf } from '../deploy/variables.ts'
import { DeployError } from '../deploy/words.ts'

export type Ask = (operation: string, input: object) => Promise<unknown>

/** Milliseconds for one database operation from a desk. */
const TIMEOUT_MS = 15_000

const answerSchema = v.union([
  v.object({ ok: v.literal(true), data: v.unknown() }),
  v.object({
    ok: v.literal(false),
    error: v.object({
      code: v.string(),
      reason: v.optional(v.string()),
      params: v.optional(v.custom<Params>(isParams)),
      field: v.optional(v.string()),
      message: v.string(),
      hint: v.optional(v.string()),
    }),
  }),
])

/** A way to have operations carried out as an owner: over the API with a key, else on the database itself. */
export async function openDoor(processEnv: NodeJS.ProcessEnv, local: string | undefined): Promise<Ask> {
  const env = await readEnvironment(processEnv)
  const key = env['MINIFLEET_API_KEY']
  if (key !== undefined && key !== '') {
    const address = { PUBLIC_BASE_URL: local ?? env['PUBLIC_BASE_URL'] }
    const wrong = wrongIf(address, 'PUBLIC_BASE_URL', /^https?:\/\/\S+$/)
    if (wrong.length > 0) throw refuseVariables(wrong)
    return overApi(address.PUBLIC_BASE_URL ?? '', key)
  }
  if (local === undefined) {
    const values = readValues(await readProject(), env)
    Object.assign(process.env, values.templates)
    takeAdministratorsPlace(values)
  } else {
    await workAtLocalHost(local, processEnv)
  }
  return onDatabase
}

/** Standard output is for the answer. */
const log = createLog((line) => {
  process.stderr.write(`${line}\n`)
})

const onDatabase: Ask = async (operation, input) => {
  try {
    const platform = { ...openApp({ databaseTimeout: TIMEOUT_MS }).platform, log }
    const data = await perform(platform, await tableOf(operation), systemCaller('admin-script'), operation, input)
    return await putIntoWords(data, 'zh')
  } catch (error) {
    if (isFailure(error)) throw refused(error)
    throw error
  }
}

const overApi =
  (baseUrl: string, key: string): Ask =>
  async (operation, input) => {
    const { data } = await axios.post<unknown>(`${baseUrl.replace(/\/+$/, '')}/api/v1/${operation}`, input, {
      headers: { authorization: `Bearer ${key}` },
      validateStatus: () => true,
      timeout: 60_000,
    })
    const answer = v.safeParse(answerSchema, data)
    if (!answer.success) throw refused({ code: 'UNREACHABLE', message: `${baseUrl} does not answer as the API does` })
    if (!answer.output.ok) throw refused(answer.output.error)
    return answer.output.data
  }

interface Refusal {
  readonly code: string
  readonly reason?: string | undefined
  readonly params?: Params | undefined
  readonly field?: string | undefined
  readonly message: string
  readonly hint?: string | undefined
}

function refused({ code, reason = code, params, field, message, hint }: Refusal): DeployError {
  const told = (language: Language) => tell({ word: reason, params, field }, language) ?? { message, hint }
  const [zh, en] = [told('zh'), told('en')]
  return new DeployError(
    { zh: `${zh.message}（${code}）`, en: en.message },
    { zh: zh.hint ?? '请按提示处理', en: en.hint ?? 'correct it and try again' },
  )
}
