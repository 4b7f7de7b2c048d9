/**
 * Runs inside every instance: loads one built function, then serves one call after the other that the host sends over IPC.
 *
 * host → instance: { event, context, variables }   instance → host: { ready } | { broken }, then per call { result } | { error }
 *
 * The variables of a call are copied into process.env and those of the call before stay, which is the worst that the cloud may do.
 */
'use strict'

process.on('disconnect', () => process.exit())

const describe = (error) => (error instanceof Error ? (error.stack ?? error.message) : String(error))

/** With a callback, a host that is gone is no error: the instance is about to end. */
const reply = (message, after = () => undefined) => process.send?.(message, after)

const load = () => {
  const { main } = require(process.argv[2])
  if (typeof main !== 'function') throw new TypeError('index.main is no function')
  return main
}

const call = (main, event, context) =>
  new Promise((resolve, reject) => {
    const settle = (error, result) => (error ? reject(error) : resolve(result))
    Promise.resolve(main(event, context, settle)).then((result) => {
      if (main.length < 3 || result !== undefined) resolve(result)
    }, reject)
  })

const serve = async (main, { event, context, variables }) => {
  Object.assign(process.env, variables)
  try {
    const result = await call(main, event, context)
    reply({ result: JSON.stringify(result ?? null) ?? 'null' })
  } catch (error) {
    reply({ error: describe(error) })
  }
}

try {
  const main = load()
  process.on('message', (message) => void serve(main, message))
  reply({ ready: true })
} catch (error) {
  reply({ broken: describe(error) }, () => process.exit(1))
}
