/**
 * `npm start`: the whole platform on this machine, with a simulated WeChat and some 30 merchants in every state.
 *
 * Writes dist/, .minifleet/start.log (the functions' lines of log) and, with --data, DIR.
 */
import { createWriteStream } from 'node:fs'
import { mkdir, rm } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Option } from '@commander-js/extra-typings'
import type { BesideWeiguanjia } from '../local/demo/beside-weiguanjia.ts'
import { startDemo, type Demo, type DemoOptions } from '../local/demo/demo.ts'
import { buildFunctions } from './build/build.ts'
import { buildConsole } from './build/console.ts'
import { projectFolder } from './build/project-folder.ts'
import { commandLine, runCommand, someText, wholeNumber } from './command-line.ts'
import { whenEnded } from './local/when-ended.ts'

const usualPort = 3000

interface Flags {
  readonly port?: number | undefined
  readonly data?: string | undefined
  readonly besideWeiguanjia?: true | undefined
}

const startCommand = commandLine(
  'npm start --',
  'Builds the functions and the console and starts the whole platform on this machine, with a simulated WeChat and some 30 merchants, who appear during the first seconds. No account is needed. Everything is in memory and gone when it stops, unless --data names a folder that keeps it; a button in the drawer of the simulator begins anew. With --beside-weiguanjia the merchants live with a stand-in for 微管家 instead, and you move them in (docs/moving-in.md). RETURN_URL_ORIGINS of the environment is respected, so that a page of your own can send merchants here and get them back (examples/sign-up-page).',
  ['npm start -- --port 8080 --data ./fleet', 'npm start -- --beside-weiguanjia'],
)
  .option('--port <n>', 'where it listens; 3000 unless it is taken', wholeNumber(0, 65_535))
  .option('--data <dir>', 'folder that keeps everything', someText)
  .addOption(
    new Option('--beside-weiguanjia', 'a platform that moves in beside 微管家; keeps nothing').conflicts('data'),
  )

const logFile = join(projectFolder, '.minifleet/start.log')

/** Some hundred lines come in the first seconds: on the screen they would push the address away. */
const openLog = async (): Promise<(line: string) => void> => {
  await mkdir(join(projectFolder, '.minifleet'), { recursive: true })
  const file = createWriteStream(logFile)
  return (line) => void file.write(`${line}\n`)
}

/** A port that was asked for is an order; the usual one is a preference. */
const start = async (port: number | undefined, options: Omit<DemoOptions, 'port'>): Promise<Demo> => {
  try {
    return await startDemo({ ...options, port: port ?? usualPort })
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (!taken) throw error
    if (port !== undefined)
      throw new Error(`port ${port} is taken; leave --port out, or name another`, { cause: error })
    return startDemo({ ...options, port: 0 })
  }
}

/** What docs/moving-in.md takes up from here. */
const firstSteps = async ({ host, signIn }: Demo, { table }: BesideWeiguanjia): Promise<string> => `
搬入演练，步骤见 docs/moving-in.zh-CN.md · Moving in, step by step: docs/moving-in.md

  ${table}  商户对照表 · your table of merchants
  export MINIFLEET_API_KEY=${await signIn()} PUBLIC_BASE_URL=${host.url}
`

const run = async ({ port, data, besideWeiguanjia }: Flags): Promise<void> => {
  const dataFolder = data && resolve(data)
  await Promise.all([buildFunctions(), buildConsole()])
  const options = {
    log: await openLog(),
    returnUrlOrigins: process.env['RETURN_URL_ORIGINS'],
    dataFolder,
    besideWeiguanjia: besideWeiguanjia && join(projectFolder, '.minifleet'),
  }
  let demo = await start(port, { ...options, onReset: () => void beginAnew() })
  const beginAnew = async (): Promise<void> => {
    const { port: samePort } = new URL(demo.url)
    await demo.close()
    if (dataFolder !== undefined)
      for (const name of ['database', 'wechat.bin', 'credentials.json'])
        await rm(join(dataFolder, name), { recursive: true, force: true })
    demo = await startDemo({ ...options, port: Number(samePort), onReset: () => void beginAnew() })
  }
  const lines = demo.addresses.map(({ title, url }) => `  ${url}  ${title}`)
  process.stdout.write(
    `\nMinifleet 已启动，请在浏览器打开 · is running, open in a browser:\n\n  ${demo.url}\n\n${lines.join('\n')}\n\n日志 · logs  ${logFile}\n${dataFolder === undefined ? '' : `数据 · data  ${dataFolder}\n`}Ctrl+C 结束 · ends it\n`,
  )
  if (demo.beside) process.stdout.write(await firstSteps(demo, demo.beside))
  whenEnded(() => {
    void demo.close().then(() => process.exit(0))
  })
}

process.exitCode = await runCommand(startCommand.action(run)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  return 1
})
