/**
 * Loaded into the deploy script and the CLI: whatever leaves this machine goes to FAKE_CLOUD instead, the real host in `x-real-host`.
 * The CLI's waits (a second per look at a new function) are shortened.
 */
'use strict'

const http = require('node:http')
const https = require('node:https')

const fake = new URL(process.env.FAKE_CLOUD ?? 'http://127.0.0.1')
const plainRequest = http.request

const readArguments = (scheme, args) => {
  const done = args.find((arg) => typeof arg === 'function')
  const [first, second] = args
  const isAddress = typeof first === 'string' || first instanceof URL
  const options = { ...(isAddress ? (typeof second === 'object' ? second : {}) : first) }
  const host = options.hostname ?? options.host
  const url = isAddress
    ? new URL(first)
    : new URL(`${scheme}//${host}${options.port ? `:${options.port}` : ''}${options.path ?? '/'}`)
  return { url, options, done }
}

const redirected = (scheme, original) =>
  function request(...args) {
    const { url, options, done } = readArguments(scheme, args)
    if (url.hostname === '127.0.0.1' || url.hostname === 'localhost') return original.apply(this, args)
    const headers = { ...options.headers, 'x-real-host': url.host }
    const target = { hostname: fake.hostname, port: fake.port, path: url.pathname + url.search, headers }
    return plainRequest.call(http, { ...target, method: options.method ?? 'GET' }, done)
  }

const redirectAll = () => {
  https.request = redirected('https:', https.request)
  http.request = redirected('http:', plainRequest)
  for (const protocol of [http, https])
    protocol.get = (...args) => {
      const request = protocol.request(...args)
      request.end()
      return request
    }
}

// The local host's functions inherit NODE_OPTIONS and nothing else.
if (process.env.FAKE_CLOUD) redirectAll()

const shortenedFrom = 500
for (const name of ['setTimeout', 'setInterval']) {
  const original = globalThis[name]
  const isCli = process.argv[1]?.includes('@cloudbase/cli') === true
  if (isCli)
    globalThis[name] = (work, ms, ...rest) => original(work, ms >= shortenedFrom && ms < 5000 ? ms / 50 : ms, ...rest)
}
