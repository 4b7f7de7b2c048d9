import { spawn } from 'node:child_process'
import { rmSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import { projectFolder } from '../build/project-folder.ts'
import { functionFolder } from './project.ts'
import type { Deployment } from './step.ts'

interface CliResult {
  /** Functions of which the CLI says that they are deployed. */
  readonly deployed: readonly string[]
  /** Lines in which the CLI says that something failed. */
  readonly problems: readonly string[]
}

/**
 * `tcb fn deploy` for these functions, in one run. The CLI works in a folder of its own: its login is there and goes with it, so that the
 * operator's own login stays as it is and no key stands on a command line; its configuration is `cloudbaserc.json` without the other
 * functions and without routes, which are made with the whole path passed on.
 */
export async function deployWithCli(
  { project, values, say }: Deployment,
  names: readonly string[],
): Promise<CliResult> {
  const folder = await openScratch()
  const clear = (): void => {
    rmSync(folder, { recursive: true, force: true })
    process.exit(130)
  }
  process.once('SIGINT', clear).once('SIGTERM', clear)
  try {
    const functions = project.functions
      .filter(({ name }) => names.includes(name))
      // Undefined members are no part of JSON.
      .map((settings) => ({ ...settings, path: undefined }))
    const configuration = { ...project, functionRoot: './functions', functions }
    await writeFile(join(folder, 'cloudbaserc.json'), JSON.stringify(configuration))
    // The CLI looks below its working folder only; and a build that goes on meanwhile is kept out.
    for (const name of names)
      await cp(functionFolder(project, name), join(folder, 'functions', name), { recursive: true })
    await logIn(folder, values)
    const lines = await run(
      folder,
      ['fn', 'deploy', '--all', '--deployMode', 'zip', '--yes'],
      {
        ...values.templates,
        ENV_ID: values.envId,
      },
      say,
    )
    const deployed = names.filter((name) => lines.some((line) => line.startsWith('✔') && line.includes(`[${name}]`)))
    return {
      deployed,
      problems: lines.filter((line) => /^✖|^\s*(?:CloudBaseError|Error)\b|部署失败|failed/i.test(line)),
    }
  } finally {
    process.off('SIGINT', clear).off('SIGTERM', clear)
    await rm(folder, { recursive: true, force: true })
  }
}

const scratch = join(projectFolder, '.minifleet/deploy')
const STALE_MS = 60 * 60_000

/** Also removes what a deployment left that was killed: its login is in there. */
async function openScratch(): Promise<string> {
  await mkdir(scratch, { recursive: true, mode: 0o700 })
  for (const name of await readdir(scratch)) {
    const { mtimeMs } = await stat(join(scratch, name))
    if (Date.now() - mtimeMs > STALE_MS) await rm(join(scratch, name), { recursive: true, force: true })
  }
  return mkdtemp(join(scratch, 'cli-'))
}

/** As `tcb login --apiKeyId … --apiKey …` leaves it. The CLI's version is pinned; a test runs it. */
async function logIn(folder: string, { secretId, secretKey, sessionToken }: Deployment['values']): Promise<void> {
  const credential = { secretId, secretKey, ...(sessionToken !== undefined && { token: sessionToken }) }
  const config = join(folder, '.config/.cloudbase')
  await mkdir(config, { recursive: true, mode: 0o700 })
  await writeFile(join(config, 'auth.json'), JSON.stringify({ credential }), { mode: 0o600 })
}

const cli = join(projectFolder, 'node_modules/@cloudbase/cli/bin/tcb')

async function run(
  folder: string,
  args: readonly string[],
  templates: Readonly<Record<string, string>>,
  say: (line: string) => void,
): Promise<string[]> {
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: folder,
    env: { ...process.env, ...templates, HOME: folder, USERPROFILE: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const lines: string[] = []
  const take = (chunk: Buffer): void => {
    for (const raw of chunk.toString('utf8').split(/[\r\n]+/)) {
      const line = stripVTControlCharacters(raw).trim()
      if (line === '') continue
      lines.push(line)
      if (/^[✔✖]/.test(line)) say(`    ${line}`)
    }
  }
  child.stdout.on('data', take)
  child.stderr.on('data', take)
  const code = await new Promise<number | null>((done, fail) => {
    child.once('error', fail).once('close', done)
  })
  if (code !== 0) lines.push(`✖ tcb ended with ${code ?? 'a signal'}: ${lines.at(-1) ?? ''}`)
  return lines
}
