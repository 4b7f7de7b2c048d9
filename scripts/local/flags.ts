import { InvalidArgumentError } from '@commander-js/extra-typings'
import { commandLine, someText, wholeNumber } from '../command-line.ts'

export interface LocalFlags {
  /** 0 picks one. */
  readonly port: number
  readonly data?: string | undefined
  /** Stands in for both of WeChat's origins. */
  readonly wechat?: string | undefined
  readonly maxInstances?: number | undefined
  readonly timers: boolean
}

export const localCommand = (act: (flags: LocalFlags) => Promise<void>) =>
  commandLine(
    'npm run local --',
    'Builds the functions and runs them on this machine as the cloud would. Configuration comes from the process environment (.env.example lists it).',
    ['npm run local -- --port 0 --data ./data --wechat http://127.0.0.1:9001'],
  )
    .option('--port <n>', 'where it listens; 0 picks one', wholeNumber(0, 65_535), 3000)
    .option('--data <dir>', 'folder that keeps the database; without it everything is in memory', someText)
    .option('--wechat <url>', "stands in for both of WeChat's origins", origin)
    .option('--max-instances <n>', 'instances of one function at most', wholeNumber(1, 1000))
    .option('--no-timers', 'no timer fires by itself')
    .action((flags) => act(flags))

const origin = (text: string): string => {
  if (!/^https?:/.test(text) || !URL.canParse(text)) throw new InvalidArgumentError('It must be an http or https URL.')
  return text.replace(/\/+$/, '')
}
