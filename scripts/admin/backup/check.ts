import type { Vault } from '../../../shared/cloudbase/sealing.ts'
import { isFailure } from '../../../shared/errors.ts'
import { migrations } from '../../deploy/migrations.ts'
import { readHead, readRows, readTail, sealCheckPlace, type Head, type Tail } from './content.ts'
import { cutOff, lacksSealKey, newerData, otherPlatform } from './refusals.ts'
import { readSealed } from './sealed-file.ts'

export interface Checked extends Tail {
  readonly head: Head
  /** Frames with rows in them. */
  readonly frames: number
}

interface Expectations {
  readonly vault: Vault
  readonly componentAppid: string
  /** Names of the keys of SEAL_KEYS. */
  readonly sealKeyIds: readonly string[]
}

/** Reads the whole file before anything is written: every frame is genuine, every row readable, and this platform can use them. @throws DeployError */
export async function checkBackup(
  { vault, componentAppid, sealKeyIds }: Expectations,
  file: string,
  passphrase: string,
): Promise<Checked> {
  let head: Head | undefined
  let frames = 0
  let held: string | undefined
  const rows: Record<string, number> = {}
  for await (const text of readSealed(file, passphrase)) {
    if (head === undefined) {
      head = readHead(text)
      continue
    }
    // The last one is the tail, which only shows when there is none after it.
    if (held !== undefined) {
      for (const { collection } of readRows(held)) rows[collection] = (rows[collection] ?? 0) + 1
      frames += 1
    }
    held = text
  }
  if (head === undefined || held === undefined) throw cutOff()
  const tail = readTail(held)
  for (const [collection, count] of Object.entries(tail.rows))
    if ((rows[collection] ?? 0) !== count) throw new Error(`${collection}: ${rows[collection] ?? 0} rows of ${count}`)
  if (head.componentAppid !== componentAppid) throw otherPlatform(head.componentAppid)
  const unknown = head.migrations.filter((name) => !migrations.some((migration) => migration.name === name))
  if (unknown.length > 0) throw newerData(unknown)
  checkSealKeys(vault, sealKeyIds, head, tail)
  return { head, frames, ...tail }
}

function checkSealKeys(vault: Vault, sealKeyIds: readonly string[], head: Head, tail: Tail): void {
  const missing = tail.sealKeys.filter((id) => !sealKeyIds.includes(id))
  if (missing.length > 0) throw lacksSealKey(missing)
  try {
    vault.open(head.sealCheck, sealCheckPlace(head.backupId))
  } catch (error) {
    if (!isFailure(error)) throw error
    throw lacksSealKey(tail.sealKeys, error)
  }
}
