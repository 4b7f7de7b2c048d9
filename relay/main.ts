/**
 * node relay.js        RELAY_TARGET, RELAY_SECRET, RELAY_PORT (8090)
 *
 * Runs beside 微管家 in its container; see docs/relay.md. Exit code 78: a variable is missing or malformed, starting again is no use.
 */
import { readRelayConfig, type RelayConfig } from './config.ts'
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

async function run(config: RelayConfig): Promise<void> {
  const relay = await startRelay({ ...config, log })
  let isStopping = false
  const stop = (): void => {
    if (isStopping) return
    isStopping = true
    void relay.close().then(() => log(JSON.stringify({ event: 'relay stopped' })))
  }
  // Before it says that it is ready; and for good, as a second signal would end it in the middle of a delivery.
  process.on('SIGTERM', stop)
  process.on('SIGINT', stop)
  log(JSON.stringify({ event: 'relay ready', port: relay.port, pid: process.pid }))
}

const config = readConfig()
if (config) run(config).catch((error: unknown) => fail(error, 1))
