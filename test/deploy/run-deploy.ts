import { spawn, type ChildProcess } from 'node:child_process'
import { createRequire } from 'node:module'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import type { FakeCloud } from './fake-cloud.ts'
import { preloading } from '../fixtures/preloading.ts'
import { programOf } from '../fixtures/program.ts'

export interface Ran {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

export interface Run {
  readonly process: ChildProcess
  readonly ended: Promise<Ran>
}

export const envFile = {
  ENV_ID: 'fleet-env',
  TENCENTCLOUD_SECRETID: 'AKIDgood',
  TENCENTCLOUD_SECRETKEY: 'secret-key-of-tencent',
  COMPONENT_APPID: 'wxc0mp0nent000001',
  COMPONENT_APPSECRET: 'appsecretappsecretappsecretapps1',
  COMPONENT_TOKEN: 'messagetoken',
  COMPONENT_AES_KEY: 'abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG',
  SEAL_KEYS: `k1:${Buffer.alloc(32, 7).toString('base64')}`,
  PUBLIC_BASE_URL: 'https://fleet.example.com',
  ADMIN_OPENIDS: 'o-owner',
}

const redirect = fileURLToPath(new URL('redirect.cjs', import.meta.url))

const worldOf = (cloud: Pick<FakeCloud, 'url'>): Record<string, string> => ({
  ENV_FILE: '/nowhere/.env',
  FAKE_CLOUD: cloud.url,
  CLOUDBASE_TCB_CLOUDAPI_URL: cloud.url,
  TCB_BASE_URL: cloud.url,
  TCB_CONTEXT_CNFG: JSON.stringify({ URL: `${cloud.url}/admin` }),
  NODE_OPTIONS: preloading(redirect),
  ...envFile,
})

/** A script of `scripts/` in a process of its own, the world outside this machine being the fake cloud. */
export function runScript(
  cloud: Pick<FakeCloud, 'url'>,
  script: string,
  args: readonly string[],
  env: object = {},
): Run {
  const child = spawn(process.execPath, [...programOf(`scripts/${script}.ts`), ...args], {
    cwd: projectFolder,
    detached: true,
    env: { PATH: process.env['PATH'], ...worldOf(cloud), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const code = new Promise<number | null>((resolve) => {
    child.once('exit', resolve)
  })
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)]).then(([code, out, err]) => ({
    code,
    out,
    err,
  }))
  return { process: child, ended }
}

/** From now on this process meets the fake cloud too. */
export function enterWorldOf(cloud: Pick<FakeCloud, 'url'>): void {
  Object.assign(process.env, worldOf(cloud))
  // Loaded once: a second cloud is only met by the database, whose address is in the environment.
  createRequire(import.meta.url)(redirect)
}

type Command = (
  args: string[],
  terminal: { say: (line: string) => void; complain: (line: string) => void },
) => Promise<number>

/** The same in this process, which saves the start. */
export async function runHere(
  command: Command,
  args: string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const former = Object.keys(env).map((name) => [name, process.env[name]] as const)
  Object.assign(process.env, env)
  const out: string[] = []
  const err: string[] = []
  try {
    const code = await command(args, { say: (line) => out.push(line), complain: (line) => err.push(line) })
    return { code, out: out.join('\n'), err: err.join('\n') }
  } finally {
    for (const [name, value] of former) {
      if (value === undefined) delete process.env[name]
      else process.env[name] = value
    }
  }
}

/** With the CLI that it may have started. */
export const killTree = ({ process: child }: Run): void => {
  if (child.pid !== undefined) process.kill(-child.pid, 'SIGKILL')
}
