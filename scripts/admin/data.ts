import { checkBackup } from './backup/check.ts'
import { exportBackup } from './backup/export.ts'
import { importBackup } from './backup/import.ts'
import type { DataCommand } from './command.ts'
import { openDataWork } from './data-work.ts'
import { reseal } from './reseal.ts'

/** What the command says of itself when it is done. @throws DeployError */
export async function workOnData(
  { work, file, merge, local }: DataCommand,
  processEnv: NodeJS.ProcessEnv,
  say: (line: string) => void,
): Promise<object> {
  const opened = await openDataWork(work, processEnv, local, say)
  if (work === 'reseal') return reseal(opened)
  const { database, vault, passphrase } = opened
  const { componentAppid } = opened.config
  if (work === 'export') return exportBackup({ database, vault, componentAppid, say }, file, passphrase)
  const sealKeyIds = opened.config.sealKeys.map(({ id }) => id)
  const checked = await checkBackup({ vault, componentAppid, sealKeyIds }, file, passphrase)
  const { head, rows } = checked
  const summary = { backupId: head.backupId, createdAt: head.createdAt, rows }
  if (work === 'check') return summary
  return { ...summary, ...(await importBackup(database, checked, { file, passphrase, merge, say })) }
}
