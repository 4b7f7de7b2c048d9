/**
 * `npm run bench`: measures the goals, each section against its reference in the same run. All load stays on this machine. Only ratios
 * mean something; nothing else should run beside it.
 */
import { buildFunctions } from '../scripts/build/build.ts'
import { Argument } from '@commander-js/extra-typings'
import { anyNumber, commandLine, runCommand, wholeNumber } from '../scripts/command-line.ts'
import { build } from './build.ts'
import { cold } from './cold.ts'
import { cold100 } from './cold100.ts'
import { forged } from './forged.ts'
import { growth } from './growth.ts'
import { lists } from './lists.ts'
import { push } from './push.ts'
import { pushes } from './pushes.ts'
import { rollout } from './rollout.ts'
import { sweep } from './sweep.ts'
import { token } from './token.ts'
import type { Row } from './section.ts'

const sections = [build, cold, push, token, sweep, forged, lists, pushes, cold100, rollout, growth]

const progress = (text: string): void => {
  if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
}

const line = ({ what, measured, ratio, than, goal, holds }: Row): string =>
  [
    what.padEnd(58),
    measured.padStart(22),
    (ratio === undefined ? '' : `${ratio.toFixed(2)} × ${than ?? ''}`).padStart(22),
    (goal ?? '').padStart(12),
    holds === undefined ? '' : holds ? '  holds' : '  DOES NOT HOLD',
  ].join(' ')

const names = sections.map(({ name }) => name)

const bench = commandLine(
  'npm run bench --',
  'Measures the goals, each section against its reference in the same run; all of them but growth unless some are named. Exits with 1 if a goal does not hold.',
  ['npm run bench -- cold token', 'npm run bench -- growth --sizes 1000,10000 --plot'],
)
  .addArgument(new Argument('[sections...]', 'what is measured').choices(names))
  .option('--json', 'for programs', false)
  .option('--authorizers <n>', 'of a sweep', wholeNumber(1, 1_000_000), 2000)
  .option('--merchants <n>', 'of a rollout', wholeNumber(1, 1_000_000), 200)
  .option('--review-minutes <n>', 'of a rollout; 0: each result is pushed at once', wholeNumber(0, 1000), 20)
  .option('--wechat-ms <n>', 'how long WeChat takes to answer', anyNumber, 50)
  .option('--seconds <n>', 'of a load', anyNumber, 10)
  .option('--rate <n>', 'pushes a second', anyNumber, 1000)
  .option('--sizes <list>', 'fleets of growth', '1000,3000,10000')
  .option('--plot', 'a picture of growth', false)
  .action(async (chosen, { json, authorizers, merchants, reviewMinutes, wechatMs, seconds, rate, sizes, plot }) => {
    await buildFunctions()
    const results: Record<string, readonly Row[]> = {}
    for (const { name, about, run } of sections) {
      if (chosen.length > 0 ? !chosen.includes(name) : name === growth.name) continue
      progress(`${name} …`)
      const begun = performance.now()
      const rows = await run({
        authorizers,
        merchants,
        reviewMinutes,
        wechatMs,
        seconds,
        perSecond: rate,
        sizes: sizes.split(',').map(Number),
        plot,
        progress: (text) => progress(`${name}: ${text}`),
      })
      progress('')
      results[name] = rows
      if (json) continue
      console.log(`\n${name} – ${about} (${((performance.now() - begun) / 1000).toFixed(0)} s)`)
      for (const row of rows) console.log(line(row).trimEnd())
    }
    if (json) console.log(JSON.stringify(results, null, 2))
    process.exitCode = Object.values(results)
      .flat()
      .some(({ holds }) => holds === false)
      ? 1
      : 0
  })

const status = await runCommand(bench)
if (status !== undefined) process.exitCode = status
