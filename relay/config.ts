export interface RelayConfig {
  /** The platform's PUBLIC_BASE_URL. */
  readonly target: URL
  /** One of the platform's FORWARDER_SECRET. */
  readonly secret: string
  readonly port: number
}

/** 微管家's own server and its inner service listen there. */
const takenPorts = [80, 8081]

type Environment = Readonly<Record<string, string | undefined>>

/** Throws an error that names the variable and what it must be, never its value. */
export function readRelayConfig(env: Environment): RelayConfig {
  const { RELAY_TARGET: target = '', RELAY_SECRET: secret = '', RELAY_PORT: port = '8090' } = env
  if (!URL.canParse(target) || !isUsable(new URL(target)))
    throw new Error('RELAY_TARGET must be the https address of the platform (its PUBLIC_BASE_URL), without a query')
  if (!/^.{32,512}$/.test(secret) || secret.includes(',') || secret.trim() !== secret)
    throw new Error(
      'RELAY_SECRET must have at least 32 characters, no comma and no space at its ends, and stand in FORWARDER_SECRET of the platform',
    )
  const number = Number(port)
  if (!/^\d{1,5}$/.test(port) || number > 65_535) throw new Error('RELAY_PORT must be a port number')
  if (takenPorts.includes(number))
    throw new Error(`RELAY_PORT must not be ${takenPorts.join(' or ')}: 微管家 listens there`)
  return { target: new URL(target), secret, port: number }
}

/** Plain http would show pushes to everybody on the way, so it is for this machine only. */
const isUsable = ({ protocol, hostname, username, password, search, hash }: URL): boolean =>
  (protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))) &&
  [username, password, search, hash].every((part) => part === '')
