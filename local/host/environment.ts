import type { FunctionSettings } from './settings.ts'

/** The environment id that functions see. */
export const localEnvId = 'minifleet-local'
export const localRegion = 'ap-shanghai'

interface EnvironmentSource {
  readonly functionEnv: Readonly<Record<string, string | undefined>>
  /** Where the host serves the document database. */
  readonly databaseUrl: string
  /** Inherited: `NODE_OPTIONS`, `PATH`, and `TCB_CONTEXT_CNFG`, by which a proxy can stand before the database. */
  readonly hostEnv: Readonly<Record<string, string | undefined>>
}

/** The environment a new instance starts with: its configuration variables that are set, and what the cloud's runtime sets. */
export const instanceEnvironment = (
  { variables }: FunctionSettings,
  { functionEnv, databaseUrl, hostEnv }: EnvironmentSource,
): Record<string, string> =>
  withoutUnset({
    ...Object.fromEntries(variables.map((name) => [name, functionEnv[name]])),
    TENCENTCLOUD_RUNENV: 'SCF',
    TENCENTCLOUD_REGION: localRegion,
    TENCENTCLOUD_SECRETID: 'local',
    TENCENTCLOUD_SECRETKEY: 'local',
    SCF_NAMESPACE: localEnvId,
    TCB_CONTEXT_CNFG: hostEnv.TCB_CONTEXT_CNFG ?? JSON.stringify({ URL: databaseUrl }),
    NODE_OPTIONS: hostEnv.NODE_OPTIONS,
    PATH: hostEnv.PATH,
    TZ: 'UTC',
    // Keeps the SDK from warning about database calls over 3 s.
    SILENCE: 'true',
  })

export const withoutUnset = (values: Readonly<Record<string, string | undefined>>): Record<string, string> => {
  const set: Record<string, string> = {}
  for (const [name, value] of Object.entries(values)) if (value !== undefined) set[name] = value
  return set
}
