import { commandLine, runCommand, words } from '../command-line.ts'
import { describeCloudError } from './cloud-errors.ts'
import { deploy } from './deploy.ts'
import { pause } from './wait.ts'
import { both } from './words.ts'

export interface Terminal {
  readonly say: (line: string) => void
  readonly complain: (line: string) => void
  /** Between two looks at the cloud. */
  readonly pause?: (milliseconds: number) => Promise<void>
}

/** The exit status: 0, 1 where something failed, 2 for flags that do not exist. */
export async function runDeploy(args: string[], { say, complain, ...clock }: Terminal): Promise<number> {
  let status = 0
  const command = commandLine(
    'npm run deploy --',
    'Brings the CloudBase environment that .env names to what this folder says: collections, indexes, permissions, functions with timers, security rules, HTTP routes, data migrations, and the web console where static hosting is on. Reads the cloud first and changes only what differs, so it can be repeated and goes on where it stopped. Ends with 1 if something failed. docs/deployment.md tells the whole way.',
    ['npm run deploy -- --dry-run', 'npm run deploy -- --only receiveTicket,console'],
  )
    .option('--dry-run', 'says what would be changed, and changes nothing', false)
    .option('--only <names>', 'functions, or console; by comma, or the option several times', words, [])
    .configureOutput({ writeOut: (text) => say(text.trimEnd()), writeErr: (text) => complain(text.trimEnd()) })
    .action(async ({ dryRun, only }) => {
      try {
        await deploy({ pause, ...clock, dryRun, only, say })
      } catch (error) {
        const { message, cure } = describeCloudError(error)
        complain(`\n✖ ${message}\n  ${both(cure)}`)
        status = 1
      }
    })
  return (await runCommand(command, args)) ?? status
}
