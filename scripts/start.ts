/**
 * npm start [-- --port N]
 *
 * Builds the functions and the console and starts the whole platform on this machine, with a simulated WeChat and some 30 merchants
 * in every state, who appear during the first seconds. No account is needed; everything is in memory and gone when it stops. Port 3000
 * unless it is taken; logs of the functions go to stderr.
 *
 * Writes dist/.
 */
import { parseArgs } from 'node:util'
import { startDemo, type Demo } from '../local/demo/demo.ts'
import { buildFunctions } from './build/build.ts'
import { buildConsole } from './build/console.ts'
import { whenEnded } from './local/when-ended.ts'

const usualPort = 3000

const readPort = (): number | undefined => {
  const { port } = parseArgs({ options: { port: { type: 'string' } } }).values
  if (port === undefined) return undefined
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) throw new Error('--port must be a whole number from 0 to 65535')
  return Number(port)
}

const log = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

/** A port that was asked for is an order; the usual one is a wish. */
const start = async (port: number | undefined): Promise<Demo> => {
  try {
    return await startDemo({ port: port ?? usualPort, log })
  } catch (error) {
    const taken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE'
    if (!taken) throw error
    if (port !== undefined)
      throw new Error(`port ${port} is taken; leave --port out, or name another`, { cause: error })
    return startDemo({ port: 0, log })
  }
}

const run = async (): Promise<void> => {
  const port = readPort()
  await Promise.all([buildFunctions(), buildConsole()])
  const demo = await start(port)
  const lines = demo.addresses.map(({ title, url }) => `  ${url}  ${title}`)
  process.stdout.write(
    `\nMinifleet 已启动，请在浏览器打开 · is running, open in a browser:\n\n  ${demo.url}\n\n${lines.join('\n')}\n\nCtrl+C 结束 · ends it\n`,
  )
  whenEnded(() => {
    void demo.close().then(() => process.exit(0))
  })
}

await run().catch((error: unknown) => {
  log(error instanceof Error ? error.message : String(error))
  process.exitCode = 1
})
