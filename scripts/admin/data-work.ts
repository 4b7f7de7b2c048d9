import { createVault, type Vault } from '../../shared/cloudbase/sealing.ts'
import type { Database } from '../../shared/cloudbase/database.ts'
import type { Config } from '../../shared/config.ts'
import { openFromDesk, takeAdministratorsPlace } from '../deploy/database.ts'
import { configOfLocalHost, workAtLocalHost } from '../deploy/local-place.ts'
import { readProject } from '../deploy/project.ts'
import { readEnvironment, readValues, type Values } from '../deploy/values.ts'
import type { DataCommand } from './command.ts'

/** One environment's database as an administrator works on it. */
export interface DataWork {
  readonly database: Database
  readonly vault: Vault
  readonly config: Config
  /** Absent for the local host. */
  readonly values?: Values
  readonly passphrase: string
  /** One line of progress. */
  readonly say: (line: string) => void
}

export async function openDataWork(
  work: DataCommand['work'],
  processEnv: NodeJS.ProcessEnv,
  local: string | undefined,
  say: DataWork['say'],
): Promise<DataWork> {
  const env = await readEnvironment(processEnv)
  const passphrase = env['BACKUP_PASSPHRASE'] ?? ''
  const values = local === undefined ? readValues(await readProject(), env) : undefined
  if (values) takeAdministratorsPlace(values)
  const config =
    values?.config ??
    (work === 'check' ? configOfLocalHost(processEnv) : await workAtLocalHost(local ?? '', processEnv))
  const vault = createVault(config.sealKeys)
  return { database: openFromDesk(), vault, config, passphrase, say, ...(values && { values }) }
}
