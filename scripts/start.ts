/**
 * npm start [-- --port N]
 *
 * Builds the functions and the console and starts the whole platform on this machine, with a simulated WeChat and some 30 merchants
 * in every state, who appear during the first seconds. No account is needed; everything is in memory and gone when it stops. Port 3000
 * unless it is taken. RETURN_URL_ORIGINS of the environment is respected, so that a page of your own can send merchants here and get them
 * back (examples/sign-up-page).
 *
 * Writes dist/ and .minifleet/start.log, the functions' lines of log.
 */
import { createWriteStream } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { startDemo, type Demo } from '../local/demo/demo.ts'
import { buildFunctions } from './build/build.ts'
import { buildConsole } from './build/console.ts'
import { projectFolder } from './build/project-folder.ts'
import { whenEnded } from './local/when-ended.ts'

const usualPort = 3000

const readPort = (): number | undefined => {
  const { port } = parseArgs({ options: { port: { type: 'string' } } }).values
  if (port === undefined) return undefined
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error('--port must be a whole number from 0 to 65535')
  return Number(port)
}

const logFile = join(projectFolder, '.minifleet/start.log')

/** Some hundred lines come in the first seconds: on the screen they would push the address away. */
const openLog = async (): Promise<(line: string) => void> => {
  await mkdir(join(projectFolder, '.minifleet'), { recursive: true })
  const file = createWriteStream(logFile)
  return (line) => void file.write(`${line}\n`)
}

/** A port that was asked for is an order; the usual one is a wish. */
const start = async (port: number | undefined): Promise<Demo> => {
  const options = { log: await openLog(), returnUrlOrigins: process.env['RETURN_URL_ORIGINS'] }
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

const run = async (): Promise<void> => {
  const port = readPort()
  await Promise.all([buildFunctions(), buildConsole()])
  const demo = await start(port)
  const lines = demo.addresses.map(({ title, url }) => `  ${url}  ${title}`)
  process.stdout.write(
    `\nMinifleet 已启动，请在浏览器打开 · is running, open in a browser:\n\n  ${demo.url}\n\n${lines.join('\n')}\n\n日志 · logs  ${logFile}\nCtrl+C 结束 · ends it\n`,
  )
  whenEnded(() => {
    void demo.close().then(() => process.exit(0))
  })
}

await run().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
})
