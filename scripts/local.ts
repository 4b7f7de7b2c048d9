/**
 * `npm run local`: the functions on this machine, as the cloud would run them.
 *
 * Prints {"ready": true, "url": "http://127.0.0.1:N"} on stdout once it serves; everything else goes to stderr. Writes dist/ and, with
 * --data, DIR.
 */
import { startHost } from '../local/host/host.ts'
import { buildFunctions } from './build/build.ts'
import { buildConsole } from './build/console.ts'
import { runCommand } from './command-line.ts'
import { localCommand, type LocalFlags } from './local/flags.ts'
import { whenEnded } from './local/when-ended.ts'

const log = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

const run = async ({ port, data, wechat, maxInstances, timers }: LocalFlags): Promise<void> => {
  await Promise.all([buildFunctions(), buildConsole()])
  const host = await startHost({
    port,
    timers,
    log,
    ...(data === undefined ? {} : { dataFolder: data }),
    ...(maxInstances === undefined ? {} : { maxInstances }),
    functionEnv:
      wechat === undefined ? process.env : { ...process.env, WECHAT_API_BASE: wechat, WECHAT_PAGE_BASE: wechat },
  })
  process.stdout.write(`${JSON.stringify({ ready: true, url: host.url })}\n`)
  whenEnded(() => {
    void host.close().then(() => process.exit(0))
  })
}

process.exitCode = await runCommand(localCommand(run))
