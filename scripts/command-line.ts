import { Command, CommanderError, InvalidArgumentError } from '@commander-js/extra-typings'

/** Exit status of a call that is not understood. */
export const NOT_UNDERSTOOD = 2

/**
 * A command of package.json: `--help` tells all that it can do.
 *
 * @param call how it is called, for example `npm run local --`
 */
export const commandLine = (call: string, summary: string, examples: readonly string[] = []) =>
  new Command(call)
    .description(summary)
    .helpCommand(false)
    .exitOverride()
    .showHelpAfterError()
    .configureHelp({ showGlobalOptions: true })
    .addHelpText(
      'after',
      examples.length === 0 ? '' : `\nExamples:\n${examples.map((example) => `  ${example}`).join('\n')}`,
    )

interface Runnable {
  parseAsync(args: readonly string[], options: { readonly from: 'user' }): Promise<unknown>
}

/** A reader that has read enough, as `| head` has, is no failure. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit()
    throw error
  })
}

/** Takes the action that the arguments name. The exit status: `undefined` where the action decides. */
export const runCommand = async (command: Runnable, args = process.argv.slice(2)): Promise<number | undefined> => {
  endWithReader()
  try {
    await command.parseAsync(args, { from: 'user' })
    return undefined
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.exitCode === 0 ? 0 : NOT_UNDERSTOOD
  }
}

/** For an option: a whole number within these bounds. */
export const wholeNumber =
  (least: number, most: number) =>
  (text: string): number => {
    const number = Number(text)
    if (!/^\d+$/.test(text) || number < least || number > most)
      throw new InvalidArgumentError(`It must be a whole number from ${least} to ${most}.`)
    return number
  }

/** For an option: a number from 0. */
export const anyNumber = (text: string): number => {
  if (!/^\d+(?:\.\d+)?$/.test(text)) throw new InvalidArgumentError('It must be a number.')
  return Number(text)
}

/** For an option: something must be there. */
export const someText = (text: string): string => {
  if (text === '') throw new InvalidArgumentError('It must not be empty.')
  return text
}

/** For an option: words by comma, or the option several times. */
export const words = (text: string, before: readonly string[] = []): readonly string[] => [
  ...before,
  ...text.split(',').map((word) => word.trim()),
]
