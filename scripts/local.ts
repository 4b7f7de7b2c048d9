/**
 * npm run local -- [--port N] [--data DIR] [--wechat URL] [--max-instances N] [--no-timers]
 *
 * Builds the functions and runs them on this machine as the cloud would. Configuration comes from the process environment
 * (.env.example lists it). Prints {"ready": true, "url": "http://127.0.0.1:N"} on stdout once it serves; everything else goes to stderr.
 *
 * Writes dist/ and, with --data, DIR.
 */
import { startHost } from '../local/host/host.ts'
import { buildFunctions } from './build/build.ts'
import { buildConsole } from './build/console.ts'
import { localUsage, readLocalFlags, type LocalFlags } from './local/flags.ts'
import { whenEnded } from './local/when-ended.ts'

const log = (line: string): void => {
  process.stderr.write(`${line}\n`)
}

const run = async ({ port, dataFolder, wechat, maxInstances, timers }: LocalFlags): Promise<void> => {
  await Promise.all([buildFunctions(), buildConsole()])
  const host = await startHost({
    port,
    timers,
    log,
    ...(dataFolder === undefined ? {} : { dataFolder }),
    ...(maxInstances === undefined ? {} : { maxInstances }),
    functionEnv:
      wechat === undefined ? process.env : { ...process.env, WECHAT_API_BASE: wechat, WECHAT_PAGE_BASE: wechat },
  })
  process.stdout.write(`${JSON.stringify({ ready: true, url: host.url })}\n`)
  whenEnded(() => {
    void host.close().then(() => process.exit(0))
  })
}

const flags = readLocalFlags(process.argv.slice(2))
if ('problem' in flags) {
  log(`${flags.problem}\n${localUsage}`)
  process.exitCode = 2
} else {
  await run(flags)
}
