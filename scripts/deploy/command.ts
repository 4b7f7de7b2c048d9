import { parseArgs } from 'node:util'
import { describeCloudError } from './cloud-errors.ts'
import { deploy } from './deploy.ts'
import { pause } from './wait.ts'
import { both, messageOf } from './words.ts'

const usage = 'usage: npm run deploy -- [--dry-run] [--only NAME]…'

export interface Terminal {
  readonly say: (line: string) => void
  readonly complain: (line: string) => void
  /** Between two looks at the cloud. */
  readonly pause?: (milliseconds: number) => Promise<void>
}

/** The exit status: 0, 1 where something failed, 2 for flags that do not exist. */
export async function runDeploy(args: string[], { say, complain, ...clock }: Terminal): Promise<number> {
  const flags = readFlags(args)
  if ('problem' in flags) {
    complain(`${flags.problem}\n${usage}`)
    return 2
  }
  try {
    await deploy({ pause, ...clock, ...flags, say })
    return 0
  } catch (error) {
    const { message, cure } = describeCloudError(error)
    complain(`\n✖ ${message}\n  ${both(cure)}`)
    return 1
  }
}

const readFlags = (args: string[]) => {
  try {
    const options = { 'dry-run': { type: 'boolean' }, only: { type: 'string', multiple: true } } as const
    const { 'dry-run': dryRun = false, only = [] } = parseArgs({ args, options }).values
    return { dryRun, only: only.flatMap((names) => names.split(',')) }
  } catch (error) {
    return { problem: messageOf(error) }
  }
}
