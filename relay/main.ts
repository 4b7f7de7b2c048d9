/**
 * node relay.js        RELAY_TARGET, RELAY_SECRET, RELAY_PORT (8090)
 *
 * Runs beside 微管家 in its container; see docs/relay.md.
 */
import { readRelayConfig } from './config.ts'
import { startRelay } from './relay.ts'

const log = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

try {
  const relay = await startRelay({ ...readRelayConfig(process.env), log })
  log(JSON.stringify({ event: 'relay ready', port: relay.port }))
  const stop = (): void => {
    void relay.close().then(() => process.exit(0))
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)
} catch (error) {
  log(JSON.stringify({ event: 'relay not started', reason: error instanceof Error ? error.message : String(error) }))
  process.exitCode = 1
}
