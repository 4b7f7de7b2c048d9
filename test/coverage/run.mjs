/**
 * node --import tsx test/coverage/run.mjs [WORD…]: runs the tests whose path holds one of the words, or all but those of the browser, and lists
 * what share of the product's lines and branches ran in them, the lowest first, with the lines that did not. Ctrl-C ends the tests early and
 * lists what ran until then. Needs what `sh test/coverage/install.sh` brings.
 *
 * A process tells what ran in it as it ends. One that a test kills is let tell it before (last-words.cjs), one that is ended by SIGTERM is not.
 * Tests that hold sizes and times of functions fail here, for the functions are built readable; afterwards dist/ counts as not built.
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { availableParallelism, tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { buildFunctions } from '../../scripts/build/build.ts'
import { buildConsole } from '../../scripts/build/console.ts'
import { projectFolder } from '../../scripts/build/project-folder.ts'
import { bundleTests } from '../../scripts/test/bundle-tests.ts'
import { listTests } from '../../scripts/test/list-tests.ts'

const tools = createRequire(join(projectFolder, '.minifleet/coverage/package.json'))
const { mergeProcessCovs } = tools('@bcoe/v8-coverage')
const { CoverageReport } = tools('monocart-coverage-reports')

const product = /^(?:shared|functions|relay|client\/src|scripts|local)\/.*\.ts$/
const lastWords = join(projectFolder, 'test/coverage/last-words.cjs')
const functionsFolder = join(projectFolder, 'dist/functions')

/** Thousands of processes leave a megabyte or more each, so these are added up while the tests run. */
const FILES_AT_ONCE = 20

/** What the ended processes told, added to `sum`; their files are removed. */
const addUp = async (sum, folder, isOurs) => {
  const names = await readdir(folder)
  const told = await Promise.all(names.slice(0, FILES_AT_ONCE).map((name) => readTold(join(folder, name), isOurs)))
  const read = told.filter((one) => one !== undefined)
  return { sum: mergeProcessCovs([sum, ...read]), added: read.length }
}

const readTold = async (file, isOurs) => {
  try {
    const { result } = JSON.parse(await readFile(file, 'utf8'))
    await rm(file)
    return { result: result.filter(({ url }) => isOurs(url)) }
  } catch {
    // Not written to its end yet.
    return undefined
  }
}

const runTests = async (bundles, folder) => {
  const isOurs = (url) =>
    [functionsFolder, bundles.folder].some((place) => url.startsWith(`${pathToFileURL(place).href}/`))
  const guards = [
    '--test-force-exit',
    '--test-timeout=600000',
    `--test-concurrency=${Math.max(2, availableParallelism())}`,
  ]
  const env = {
    ...process.env,
    TEST_BUNDLES: bundles.folder,
    NODE_V8_COVERAGE: folder,
    NODE_OPTIONS: `${process.env.NODE_OPTIONS ?? ''} --require ${JSON.stringify(lastWords)}`.trim(),
  }
  const runner = spawn(process.execPath, ['--test', '--test-reporter=dot', ...guards, ...bundles.files], {
    cwd: projectFolder,
    stdio: 'inherit',
    env,
  })
  process.once('SIGINT', () => runner.kill('SIGINT'))
  let all = { result: [] }
  let processes = 0
  for (;;) {
    const ended = runner.exitCode !== null || runner.signalCode !== null
    const { sum, added } = await addUp(all, folder, isOurs)
    all = sum
    processes += added
    if (added === 0 && ended) return { all, processes }
    if (added < FILES_AT_ONCE) await sleep(1000)
  }
}

/** A function's maps lie beside it, not named in it. */
const nameMap = (entry) => {
  const file = new URL(entry.url).pathname
  if (!file.startsWith(functionsFolder)) return
  entry.source += `\n//# sourceMappingURL=../../maps/${basename(dirname(file))}/${basename(file)}.map\n`
}

const report = async (all, folder) => {
  const coverage = new CoverageReport({
    logging: 'error',
    outputDir: folder,
    baseDir: projectFolder,
    reports: [['none']],
    sourceFilter: (path) => product.test(path),
    onEntry: nameMap,
  })
  const entries = await Promise.all(
    all.result.map(async (entry) => ({ ...entry, source: await readFile(new URL(entry.url), 'utf8') })),
  )
  await coverage.add(entries)
  return coverage.generate()
}

const byLines = (one, other) => one.summary.lines.pct - other.summary.lines.pct

const shares = (summaries) =>
  ['lines', 'branches'].map((kind) => percent(summaries.map((summary) => summary[kind]))).join(' ')

const percent = (counts) => {
  const [covered, total] = ['covered', 'total'].map((key) => counts.reduce((sum, count) => sum + count[key], 0))
  return (total === 0 ? '-' : ((100 * covered) / total).toFixed(1)).padStart(6)
}

/** The lines of which nothing ran, neighbours as one: `3-5,9`. One that ran in part counts as missed in the share only. */
const missed = (lines) => {
  const numbers = Object.keys(lines)
    .map(Number)
    .filter((line) => lines[line] === 0)
  const starts = numbers.filter((line) => !numbers.includes(line - 1))
  const ends = numbers.filter((line) => !numbers.includes(line + 1))
  return starts.map((start, at) => (start === ends[at] ? start : `${start}-${ends[at]}`)).join()
}

const folder = await mkdtemp(join(tmpdir(), 'coverage-'))
const files = await listTests(projectFolder, { crash: false, browser: false, words: process.argv.slice(2) })
const [bundles] = await Promise.all([
  bundleTests(files),
  buildFunctions({ always: true, readable: true }),
  buildConsole(),
])
try {
  const { all, processes } = await runTests(bundles, folder)
  const { files: found } = await report(all, join(folder, 'report'))
  // Bundles in which nothing of ours is, are told as files.
  const sources = found.filter(({ sourcePath }) => product.test(sourcePath)).sort(byLines)
  console.log(`\n${processes} processes\n lines branch`)
  for (const { sourcePath, summary, data } of sources) console.log(shares([summary]), sourcePath, missed(data.lines))
  console.log(shares(sources.map(({ summary }) => summary)), 'in all')
} finally {
  await bundles.remove()
  await rm(folder, { recursive: true, force: true })
  await rm(join(projectFolder, 'dist/meta.json'), { force: true })
}
