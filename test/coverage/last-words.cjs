/**
 * Loaded into every process of a run with coverage: Node tells what ran in a process when it ends by itself, this makes one that is killed tell
 * it before. One that cannot hear is killed all the same.
 */
'use strict'

const { ChildProcess } = require('node:child_process')
const { takeCoverage } = require('node:v8')

const { kill } = process

const killHeard = (pid, signal) => {
  if (signal !== 'SIGKILL') return kill.call(process, pid, signal)
  setTimeout(() => {
    try {
      kill.call(process, pid, 'SIGKILL')
    } catch {
      // Gone.
    }
  }, 5000).unref()
  return kill.call(process, pid, 'SIGUSR2')
}

process.kill = killHeard

const killChild = ChildProcess.prototype.kill
ChildProcess.prototype.kill = function (signal) {
  return signal === 'SIGKILL' && this.pid !== undefined && this.exitCode === null && this.signalCode === null
    ? killHeard(this.pid, signal)
    : killChild.call(this, signal)
}

process.on('SIGUSR2', () => {
  takeCoverage()
  kill.call(process, process.pid, 'SIGKILL')
})
