import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { projectFolder } from '../../../scripts/build/project-folder.ts'
import { programOf } from '../../fixtures/program.ts'

const run = promisify(execFile)

/** The commands of the play, as the page writes them. */
const commandsOf = async (page: string): Promise<string[]> => {
  const text = await readFile(join(projectFolder, 'docs', page), 'utf8')
  return [...text.matchAll(/^```sh\n([^`]+)```$/gm)].flatMap(([, block = '']) => block.trim().split('\n'))
}

/** `npm run NAME -- ARGUMENTS`, without npm. */
async function give(command: string, env: Readonly<Record<string, string>>): Promise<string> {
  const [, name = '', rest = ''] = /^npm run (\w+) -- (.+)$/.exec(command) ?? []
  const program = [...programOf(`scripts/${name}.ts`), ...rest.split(' ')]
  const { stdout, stderr } = await run(process.execPath, program, {
    cwd: projectFolder,
    env: { ...process.env, ...env },
  })
  return stdout + stderr
}

test('the play of moving in, by the commands of its page', async () => {
  const commands = await commandsOf('moving-in.md')
  assert.deepEqual(await commandsOf('moving-in.zh-CN.md'), commands)
  const [start, ...others] = commands
  assert.equal(start, 'npm start -- --beside-weiguanjia')
  const program = [...programOf('scripts/start.ts'), '--beside-weiguanjia', '--port', '0']
  const child = spawn(process.execPath, program, { cwd: projectFolder, stdio: ['ignore', 'pipe', 'ignore'] })
  const exited = once(child, 'exit')
  try {
    const addresses: string[] = []
    const env: Record<string, string> = {}
    for await (const line of createInterface({ input: child.stdout })) {
      addresses.push(...(/^ {2}(http:\S+)/.exec(line)?.slice(1) ?? []))
      const exported = /^ {2}export (.+)$/.exec(line)?.[1]
      if (exported === undefined) continue
      for (const pair of exported.split(' ')) env[pair.split('=')[0] ?? ''] = pair.slice(pair.indexOf('=') + 1)
      break
    }
    const [, weiguanjia = '', wechat = ''] = addresses
    const press = (button: string): Promise<Response> =>
      fetch(`${weiguanjia}wxcomponent/admin/${button}`, { method: 'POST' })
    await press('rules')
    assert.match(await (await press('test')).text(), /success(, success){6}</)
    await fetch(`${wechat}pages/do`, { method: 'POST', body: new URLSearchParams({ action: 'pushTicket' }) })
    const seen = []
    for (const command of others) seen.push(await give(command, env))
    const [synced = '', rehearsed = '', adopted = ''] = seen
    assert.match(synced, /核对完成 · done/)
    assert.match(rehearsed, /"dryRun": true[\s\S]+"bound": 30/)
    assert.match(adopted, /"dryRun": false[\s\S]+"bound": 30/)
    assert.equal((await fetch(`${weiguanjia}auth/start`)).status, 404)
    await press('proxy')
    const throughProxy = await fetch(`${weiguanjia}auth/start?invite=none`)
    assert.match(await throughProxy.text(), /<html lang="zh-CN">/)
  } finally {
    child.kill('SIGTERM')
  }
  await exited
})
