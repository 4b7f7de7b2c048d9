/** Loaded into programs under test: names are not looked up, so that nothing but this machine is reached. */
'use strict'

const dns = require('node:dns')

dns.lookup = (name, options, done = options) => {
  const error = Object.assign(new Error(`no network for ${name}`), { code: 'ENOTFOUND' })
  process.nextTick(done, error)
}
