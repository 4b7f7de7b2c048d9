import { readFile } from 'node:fs/promises'
import * as v from 'valibot'
import { withoutMark } from '../../shared/json.ts'

const triggerSchema = v.object({ name: v.string(), type: v.literal('timer'), config: v.string() })

const defaultsSchema = v.object({
  timeout: v.optional(v.number()),
  memorySize: v.optional(v.number()),
  envVariables: v.optional(v.record(v.string(), v.string())),
})

const fileSchema = v.object({
  functionDefaultConfig: v.optional(defaultsSchema, {}),
  functions: v.array(
    v.object({
      ...defaultsSchema.entries,
      name: v.string(),
      path: v.optional(v.string()),
      triggers: v.optional(v.array(triggerSchema), []),
    }),
  ),
})

export interface TimerTrigger {
  readonly name: string
  /** Seven fields, Beijing time: second minute hour day month weekday year. */
  readonly config: string
}

/** What `cloudbaserc.json` says of one function. */
export interface FunctionSettings {
  readonly name: string
  readonly timeLimitSeconds: number
  readonly memoryMb: number
  /** Configuration variables that the deployed function has. */
  readonly variables: readonly string[]
  /** Prefix of its HTTP route. */
  readonly path?: string | undefined
  readonly timers: readonly TimerTrigger[]
}

/** Defaults are those the CLI sends for a new function. */
const cloudDefaults = { timeout: 10, memorySize: 256 }

/** @throws ValiError naming the field, or the error of reading the file */
export const readFunctionSettings = async (file: string): Promise<FunctionSettings[]> => {
  const { functionDefaultConfig, functions } = v.parse(
    fileSchema,
    JSON.parse(withoutMark(await readFile(file, 'utf8'))),
  )
  return functions.map((own) => ({
    name: own.name,
    timeLimitSeconds: own.timeout ?? functionDefaultConfig.timeout ?? cloudDefaults.timeout,
    memoryMb: own.memorySize ?? functionDefaultConfig.memorySize ?? cloudDefaults.memorySize,
    variables: Object.keys({ ...functionDefaultConfig.envVariables, ...own.envVariables }),
    path: own.path,
    timers: own.triggers.map(({ name, config }) => ({ name, config })),
  }))
}
