import axios from 'axios'
import * as v from 'valibot'
import { openApp } from '../../shared/app.ts'
import { systemCaller } from '../../shared/domain/callers/caller.ts'
import { perform } from '../../shared/domain/operation.ts'
import { tableOf } from '../../shared/domain/operations/table.ts'
import { isFailure } from '../../shared/errors.ts'
import { takeAdministratorsPlace, takeLocalPlace } from '../deploy/database.ts'
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
    error: v.object({ code: v.string(), message: v.string(), hint: v.optional(v.string()) }),
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
    takeLocalPlace(local)
  }
  return onDatabase
}

const onDatabase: Ask = async (operation, input) => {
  try {
    const { platform } = openApp({ databaseTimeout: TIMEOUT_MS })
    return await perform(platform, await tableOf(operation), systemCaller('admin-script'), operation, input)
  } catch (error) {
    if (isFailure(error)) throw refused(error.code, error.message, error.hint)
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
    if (!answer.success) throw refused('UNREACHABLE', `${baseUrl} does not answer as the API does`)
    if (!answer.output.ok) {
      const { code, message, hint } = answer.output.error
      throw refused(code, message, hint)
    }
    return answer.output.data
  }

const refused = (code: string, message: string, hint = ''): DeployError =>
  new DeployError(
    { zh: `未执行（${code}）`, en: message },
    { zh: '请按提示处理', en: hint || 'correct it and try again' },
  )
