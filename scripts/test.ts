/**
 * npm test [-- WORD…]        the suite, or the test files whose path holds one of the words
 * npm run test:crash [-- --every N] [-- WORD…]
 *                            the full crash sweeps in test/crash, or one point of them out of N
 *
 * Builds first (writes dist/), because tests run what is deployed. Tests in test/browser need Chromium: without one they are left out,
 * or the run fails if REQUIRE_BROWSER=1.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { parseArgs } from 'node:util'
import { buildFunctions } from './build/build.ts'
import { buildConsole } from './build/console.ts'
import { projectFolder } from './build/project-folder.ts'
import { bundleTests, type Bundles } from './test/bundle-tests.ts'
import { findChromium } from './test/chromium.ts'
import { listTests } from './test/list-tests.ts'

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { crash: { type: 'boolean' }, every: { type: 'string' } },
})

const MINUTE_MS = 60_000

const runTests = async (bundles: Bundles): Promise<number> => {
  // A file whose set-up failed leaves servers behind: it must end all the same.
  const guards = ['--test-force-exit', `--test-timeout=${values.crash === true ? 180 * MINUTE_MS : 3 * MINUTE_MS}`]
  const runner = ['--enable-source-maps', '--test', '--test-concurrency=2', '--test-reporter=spec', ...guards]
  const env = {
    ...process.env,
    TEST_BUNDLES: bundles.folder,
    ...(values.every !== undefined && { CRASH_EVERY: values.every }),
  }
  const child = spawn(process.execPath, [...runner, ...bundles.files], { cwd: projectFolder, stdio: 'inherit', env })
  const [code] = await once(child, 'exit')
  return typeof code === 'number' ? code : 1
}

const main = async (): Promise<number> => {
  const browser = findChromium() !== undefined
  if (!browser && process.env.REQUIRE_BROWSER === '1') {
    console.error('REQUIRE_BROWSER=1, but there is no Chromium: install one, or set CHROMIUM_PATH to it')
    return 1
  }
  const files = await listTests(projectFolder, { crash: values.crash === true, browser, words: positionals })
  if (files.length === 0) {
    console.error('no test file fits')
    return 1
  }
  const [bundles] = await Promise.all([bundleTests(files), buildFunctions(), buildConsole()])
  if (!browser && values.crash !== true) console.error('no Chromium found: test/browser is left out')
  try {
    return await runTests(bundles)
  } finally {
    await bundles.remove()
  }
}

process.exitCode = await main()
