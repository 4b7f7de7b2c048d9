/**
 * node scripts/run.cjs FILE.ts …: runs one of our TypeScript files. In words that an old Node understands, because it says that the Node is
 * too old.
 */
'use strict'

var path = require('path')
var url = require('url')

var least = [20, 19]
var version = process.versions.node.split('.').map(Number)

if (version[0] < least[0] || (version[0] === least[0] && version[1] < least[1])) {
  process.stderr.write(
    'Minifleet 需要 Node.js ' +
      least.join('.') +
      ' 或更高版本，当前为 ' +
      process.versions.node +
      ' · needs Node.js ' +
      least.join('.') +
      ' or newer, this is ' +
      process.versions.node +
      ': https://nodejs.org\n',
  )
  process.exitCode = 1
} else {
  var file = path.resolve(__dirname, '..', process.argv[2])
  process.argv.splice(1, 2, file)
  void import('tsx').then(function () {
    return import(url.pathToFileURL(file).href)
  })
}
