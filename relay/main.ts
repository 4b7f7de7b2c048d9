/**
 * node relay.js        RELAY_TARGET, RELAY_SECRET, RELAY_PORT (8090), RELAY_PAGES_PORT (8082 or off), RELAY_BUSINESS_PORT
 *
 * Runs beside 微管家 in its container; see docs/relay.md. Exit code 78: a variable is missing or malformed, starting again is no use.
 */
import { readRelayConfig, type RelayConfig } from './config.ts'
import { codeOf } from './delivery.ts'
import { startPages, type Pages } from './pages.ts'
import { startRelay } from './relay.ts'

const CONFIGURATION_ERROR = 78

const log = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

const fail = (error: unknown, exitCode: number): undefined => {
  log(JSON.stringify({ event: 'relay not started', reason: error instanceof Error ? error.message : String(error) }))
  process.exitCode = exitCode
}

function readConfig(): RelayConfig | undefined {
  try {
    return readRelayConfig(process.env)
  } catch (error) {
    return fail(error, CONFIGURATION_ERROR)
  }
}

/** Pushes matter more: without the pages' port they still go on. */
async function tryPages({ target, pagesPort, businessPort }: RelayConfig): Promise<Pages | undefined> {
  if (pagesPort === undefined) return undefined
  try {
    const pages = await startPages({ target, pagesPort, businessPort, log })
    log(JSON.stringify({ event: 'pages ready', port: pages.port }))
    return pages
  } catch (error) {
    log(JSON.stringify({ event: 'pages not opened', port: pagesPort, reason: codeOf(error) }))
    return undefined
  }
}

async function run(config: RelayConfig): Promise<void> {
  const relay = await startRelay({ ...config, log })
  let pages: Promise<Pages | undefined> | undefined
  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    const closed = Promise.all([relay.close(), pages?.then((opened) => opened?.close())])
    void closed.then(() => log(JSON.stringify({ event: 'relay stopped' })))
  }
  // Before it says that it is ready; and for good, as a second signal would end it in the middle of a delivery.
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  log(JSON.stringify({ event: 'relay ready', port: relay.port, pid: process.pid }))
  pages = tryPages(config)
}

const config = readConfig()
if (config) run(config).catch((error: unknown) => fail(error, 1))
