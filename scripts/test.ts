/** `npm test` and `npm run test:crash`. Builds first (writes dist/), because tests run what is deployed. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import { buildFunctions } from './build/build.ts'
import { buildConsole } from './build/console.ts'
import { projectFolder } from './build/project-folder.ts'
import { commandLine, runCommand, wholeNumber } from './command-line.ts'
import { bundleTests, type Bundles } from './test/bundle-tests.ts'
import { findChromium } from './test/chromium.ts'
import { listTests } from './test/list-tests.ts'

interface Options {
  readonly crash: boolean
  /** Stacks name the lines of the sources: that takes one twentieth of a whole run. */
  readonly traced: boolean
  readonly every?: number | undefined
  readonly only?: string | undefined
}

const MINUTE_MS = 60_000

/** With more than cores, programs that tests start meet their own time limits. */
const FILES_AT_ONCE = Math.max(2, availableParallelism())

const shortLived = join(projectFolder, 'scripts/test/short-lived.cjs')

/** For a file. */
const minutesOf = (crash: boolean): number => (crash ? 180 : process.env.EVERY_QUESTION === '1' ? 30 : 3)

const runTests = async (bundles: Bundles, { crash, traced, every, only }: Options): Promise<number> => {
  // A file whose set-up failed leaves servers behind: it must end all the same.
  const guards = ['--test-force-exit', `--test-timeout=${minutesOf(crash) * MINUTE_MS}`]
  const chosen = only === undefined ? [] : [`--test-name-pattern=${only}`]
  const runner = [
    ...(traced ? ['--enable-source-maps'] : []),
    '--test',
    `--test-concurrency=${FILES_AT_ONCE}`,
    '--test-reporter=spec',
    ...guards,
    ...chosen,
  ]
  const env = {
    ...process.env,
    TEST_BUNDLES: bundles.folder,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(shortLived)}`.trim(),
    ...(every !== undefined && { CRASH_EVERY: String(every) }),
  }
  const child = spawn(process.execPath, [...runner, ...bundles.files], { cwd: projectFolder, stdio: 'inherit', env })
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}

const main = async (words: readonly string[], options: Omit<Options, 'traced'>): Promise<number> => {
  const browser = findChromium() !== undefined
  if (!browser && process.env.REQUIRE_BROWSER === '1') {
    console.error('REQUIRE_BROWSER=1, but there is no Chromium: install one, or set CHROMIUM_PATH to it')
    return 1
  }
  const files = await listTests(projectFolder, { crash: options.crash, browser, words })
  if (files.length === 0) {
    console.error('no test file fits')
    return 1
  }
  const [bundles] = await Promise.all([bundleTests(files), buildFunctions(), buildConsole()])
  if (!browser && !options.crash) console.error('no Chromium found: test/browser is left out')
  try {
    return await runTests(bundles, { ...options, traced: words.length > 0 })
  } finally {
    await bundles.remove()
  }
}

let status = 0
const command = commandLine(
  'npm test --',
  'Runs the tests whose path holds one of the words, or all of them. Those in test/browser need Chromium: without one they are left out, or the run fails if REQUIRE_BROWSER=1.',
  [
    'npm test -- stories/invites relay',
    'npm run test:crash -- --every 20 operations',
    'npm run test:crash -- operations --only ^bindings',
  ],
)
  .argument('[words...]')
  .option('--crash', 'the full crash sweeps of test/crash instead, as npm run test:crash has it', false)
  .option('--every <n>', 'of the crash points one out of so many', wholeNumber(1, 10_000))
  .option('--only <pattern>', 'tests whose name fits this regular expression')
  .action(async (words, options) => {
    status = await main(words, options)
  })
process.exitCode = (await runCommand(command)) ?? status
