import { spawn } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
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
  const folder = await mkdtemp(join(tmpdir(), 'minifleet-deploy-'))
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
    await rm(folder, { recursive: true, force: true })
  }
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
