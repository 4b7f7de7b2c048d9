import assert from 'node:assert/strict'
import { exec, execFile } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import * as v from 'valibot'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { programOf } from '../fixtures/program.ts'

/** Files that commands of package.json start. */
async function commandFiles(): Promise<readonly string[]> {
  const manifest = v.object({ scripts: v.record(v.string(), v.string()) })
  const { scripts } = v.parse(manifest, JSON.parse(await readFile(join(projectFolder, 'package.json'), 'utf8')))
  const files = Object.values(scripts).flatMap((command) => /(?:scripts|bench)\/[\w-]+\.ts/.exec(command)?.[0] ?? [])
  return [...new Set(files)]
}

const run = (file: string, ...args: string[]) =>
  promisify(execFile)(process.execPath, [...programOf(file), ...args], { cwd: projectFolder })

test('every command tells with --help what it does, and ends with 0', async () => {
  const files = await commandFiles()
  assert.ok(files.length > 12)
  for (const file of files) {
    const { stdout, stderr } = await run(file, '--help')
    assert.match(stdout, /^Usage: npm (?:run [\w:]+|start|test) -- \[options\][^]*\n\n[A-Z][^]*--help/, file)
    assert.equal(stderr, '', file)
  }
})

test('a reader that has read enough ends a command without a word', async () => {
  const program = [process.execPath, ...programOf('scripts/rollout.ts'), '--help'].map((word) => `'${word}'`).join(' ')
  const { stderr } = await promisify(exec)(`${program} | true`, { cwd: projectFolder })
  assert.equal(stderr, '')
})

test('what a command does not know ends it with 2 and its help', async () => {
  const told = {
    code: 2,
    stdout: '',
    stderr: /unknown option '--rotat'[^]*Did you mean --rotate[^]*Usage: npm run keys -- /,
  }
  await assert.rejects(run('scripts/keys.ts', '--rotat'), told)
})
