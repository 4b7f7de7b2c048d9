import { fork, type ChildProcess } from 'node:child_process'
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import * as v from 'valibot'
import type { Call } from './calls.ts'
import { failed, userCodeException, type Outcome } from './failures.ts'
import type { FunctionSettings } from './settings.ts'

const bootstrap = fileURLToPath(new URL('bootstrap.cjs', import.meta.url))

/** One answer may hold so many bytes, as one event may. */
export const maxPayloadBytes = 6 * 1024 * 1024

/** An instance that was told to end is killed after so long. */
const endingMs = 2_000

export interface InstanceOptions {
  readonly settings: FunctionSettings
  /** Folder that holds the built `index.js`. */
  readonly folder: string
  readonly env: Record<string, string>
  readonly log: (line: string) => void
}

/** One child process with one function in it. */
export interface Instance {
  readonly pid: number
  /** Settles once the function is loaded, with its failure if it cannot be. */
  readonly loaded: Promise<Outcome | undefined>
  /** Whether it can serve. Once the function is built anew it does not: files that it would load on first use are gone. */
  readonly alive: boolean
  /** One call at a time. Over the time limit the process is killed. */
  run(call: Call): Promise<Outcome>
  /** Resolves when the process is gone. */
  end(): Promise<void>
}

const messageSchema = v.union([
  v.object({ ready: v.literal(true) }),
  v.object({ broken: v.string() }),
  v.object({ result: v.string() }),
  v.object({ error: v.string() }),
])

export const startInstance = ({ settings, folder, env, log }: InstanceOptions): Instance => {
  const entry = join(folder, 'index.js')
  const builtAt = timeOf(entry)
  const child = fork(bootstrap, [entry], {
    cwd: folder,
    env,
    execArgv: [`--max-old-space-size=${settings.memoryMb}`],
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  })
  for (const input of [child.stdout, child.stderr]) if (input) createInterface({ input }).on('line', log)
  const line = openLine(child)
  return {
    pid: child.pid ?? 0,
    loaded: line.answer(),
    get alive() {
      return child.exitCode === null && child.signalCode === null && child.connected && timeOf(entry) === builtAt
    },
    run: (call) => runCall(child, line, call, settings.timeLimitSeconds),
    end: () => endProcess(child, line.closed),
  }
}

const timeOf = (file: string): number | undefined => statSync(file, { throwIfNoEntry: false })?.mtimeMs

interface Line {
  /** The next message; `undefined` stands for "ready". The end of the process is an answer too. */
  answer(): Promise<Outcome | undefined>
  readonly closed: Promise<void>
}

const ignore = (): void => undefined

const openLine = (child: ChildProcess): Line => {
  let ended: Outcome | undefined
  let deliver: (outcome: Outcome | undefined) => void = ignore
  child.on('message', (message) => deliver(readMessage(message)))
  const closed = endOf(child).then((how) => {
    ended = failed('crashed', userCodeException(`the instance ended: ${how}`))
    deliver(ended)
  })
  return {
    closed,
    answer: () =>
      new Promise((resolve) => {
        if (ended) resolve(ended)
        else deliver = resolve
      }),
  }
}

/** Resolves when the process is gone and all it said has been read. */
const endOf = (child: ChildProcess): Promise<string> =>
  new Promise((resolve) => {
    child.once('error', (error) => resolve(`not started (is it built?): ${error.message}`))
    child.once('exit', (code, signal) => {
      const how = signal ?? `exit code ${code}`
      if (child.connected) child.once('disconnect', () => resolve(how))
      else resolve(how)
    })
  })

const runCall = async (child: ChildProcess, line: Line, call: Call, limitSeconds: number): Promise<Outcome> => {
  const answer = line.answer()
  let late = false
  const timer = setTimeout(() => {
    late = true
    child.kill('SIGKILL')
  }, limitSeconds * 1000)
  // A failure to send means that the process is ending, which is an answer by itself.
  child.send(call, ignore)
  const outcome = await answer
  clearTimeout(timer)
  if (late) return failed('timeLimit', `Invoking task timed out after ${limitSeconds} seconds`)
  return outcome ?? failed('crashed', userCodeException('the instance answered out of turn'))
}

const readMessage = (message: unknown): Outcome | undefined => {
  const answer = v.parse(messageSchema, message)
  if ('ready' in answer) return undefined
  if ('broken' in answer) return failed('crashed', userCodeException(answer.broken))
  if ('error' in answer) return failed('crashed', userCodeException(answer.error))
  if (Buffer.byteLength(answer.result) > maxPayloadBytes) return failed('payload', 'the result is over 6 MB')
  const result: unknown = JSON.parse(answer.result)
  return { result }
}

const endProcess = async (child: ChildProcess, closed: Promise<void>): Promise<void> => {
  if (child.connected) child.disconnect()
  const timer = setTimeout(() => child.kill('SIGKILL'), endingMs)
  await closed
  clearTimeout(timer)
}
