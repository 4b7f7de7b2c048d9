export interface RelayConfig {
  /** The platform's PUBLIC_BASE_URL. */
  readonly target: URL
  /** One of the platform's FORWARDER_SECRET. */
  readonly secret: string
  /** 微管家's forwarder delivers pushes there; what arrives is signed. */
  readonly port: number
  /** 微管家 passes requests from outside to it. Undefined: it is not opened. */
  readonly pagesPort: number | undefined
  /** The provider's own service listens there. */
  readonly businessPort: number | undefined
}

/** 微管家's own server and its inner service, which hands out tokens, listen there. */
const takenPorts = [80, 8081]

type Environment = Readonly<Record<string, string | undefined>>

/** Throws an error that names the variable and what it must be, never its value. */
export function readRelayConfig(env: Environment): RelayConfig {
  const { RELAY_TARGET: target = '', RELAY_SECRET: secret = '' } = env
  if (!URL.canParse(target) || !isUsable(new URL(target)))
    throw new Error('RELAY_TARGET must be the https address of the platform (its PUBLIC_BASE_URL), without a query')
  if (!/^.{32,512}$/.test(secret) || secret.includes(',') || secret.trim() !== secret)
    throw new Error(
      'RELAY_SECRET must have at least 32 characters, no comma and no space at its ends, and stand in FORWARDER_SECRET of the platform',
    )
  const pages = textOf(env, 'RELAY_PAGES_PORT', '8082')
  const business = textOf(env, 'RELAY_BUSINESS_PORT', '')
  const config = {
    target: new URL(target),
    secret,
    port: readPort('RELAY_PORT', textOf(env, 'RELAY_PORT', '8090')),
    pagesPort: pages === 'off' ? undefined : readPort('RELAY_PAGES_PORT', pages),
    businessPort: business === '' ? undefined : readPort('RELAY_BUSINESS_PORT', business),
  }
  assertApart('RELAY_PAGES_PORT', config.pagesPort, [config.port])
  // A request from outside that got to the signing port would be a push that the platform believes.
  assertApart('RELAY_BUSINESS_PORT', config.businessPort, [config.port, config.pagesPort])
  return config
}

/** Plain http would show pushes to everybody on the way, so it is for this machine only. */
const isUsable = ({ protocol, hostname, username, password, search, hash }: URL): boolean =>
  (protocol === 'https:' || (protocol === 'http:' && ['127.0.0.1', 'localhost', '[::1]'].includes(hostname))) &&
  [username, password, search, hash].every((part) => part === '')

/** Empty is unset: consoles of clouds keep the line of a variable that was emptied. */
const textOf = (env: Environment, name: string, otherwise: string): string => env[name] || otherwise

function readPort(name: string, text: string): number {
  const port = Number(text)
  if (!/^\d{1,5}$/.test(text) || port > 65_535)
    throw new Error(`${name} must be a port number${name === 'RELAY_PAGES_PORT' ? ' or off' : ''}`)
  if (takenPorts.includes(port))
    throw new Error(`${name} must not be ${takenPorts.join(' or ')}: Weiguanjia listens there`)
  return port
}

/** 0 has the system choose, another one each time. */
function assertApart(name: string, port: number | undefined, others: readonly (number | undefined)[]): void {
  if (port !== undefined && port !== 0 && others.includes(port)) throw new Error(`${name} must be a port of its own`)
}
