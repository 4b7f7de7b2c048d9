import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import * as v from 'valibot'
import { restoreSnapshot, takeSnapshot } from '../wechat/snapshot.ts'
import type { WechatState } from '../wechat/state.ts'
import { inventCredentials } from './credentials.ts'

const SAVE_EVERY_MS = 5000

const credentialsSchema = v.strictObject({
  componentAppid: v.string(),
  componentAppsecret: v.string(),
  token: v.string(),
  encodingAesKey: v.string(),
  sealKeys: v.string(),
})

type Credentials = v.InferOutput<typeof credentialsSchema>

/** What outlives a run in a folder: the platform's credentials and what WeChat remembers. The database keeps itself. */
export interface KeptWorld {
  readonly credentials: Credentials
  /** Undefined: nothing was kept yet. */
  readonly restore: ((state: WechatState) => void) | undefined
  /** From now on what WeChat remembers is written every few seconds. */
  watch(state: WechatState): void
  /** Writes it a last time. */
  close(): Promise<void>
}

/** Without a folder everything is made up for this run. */
export async function openKeptWorld(folder: string | undefined): Promise<KeptWorld> {
  if (folder === undefined)
    return {
      credentials: inventCredentials(),
      restore: undefined,
      watch: () => undefined,
      close: async () => undefined,
    }
  await mkdir(folder, { recursive: true })
  const credentialsFile = join(folder, 'credentials.json')
  const wechatFile = join(folder, 'wechat.bin')
  const written = await readIfThere(credentialsFile)
  const credentials = written ? v.parse(credentialsSchema, JSON.parse(written.toString('utf8'))) : inventCredentials()
  if (!written) await writeFile(credentialsFile, JSON.stringify(credentials), { mode: 0o600 })
  const remembered = await readIfThere(wechatFile)
  let watched: WechatState | undefined
  const save = async (): Promise<void> => {
    if (!watched) return
    // A process that is killed while it writes leaves the former one.
    await writeFile(`${wechatFile}.new`, takeSnapshot(watched), { mode: 0o600 })
    await rename(`${wechatFile}.new`, wechatFile)
  }
  let saving = Promise.resolve()
  const timer = setInterval(() => {
    saving = saving.then(save)
  }, SAVE_EVERY_MS)
  return {
    credentials,
    restore: remembered && ((state) => restoreSnapshot(state, remembered)),
    watch(state) {
      watched = state
    },
    async close() {
      clearInterval(timer)
      await saving
      await save()
    },
  }
}

const readIfThere = (file: string): Promise<Buffer | undefined> =>
  readFile(file).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
