/**
 * npm run bench [-- SECTION…] [--json] [--authorizers N] [--merchants N] [--wechat-ms N] [--seconds N] [--rate N] [--sizes N,N,…] [--plot]
 *
 * Measures the goals, each section against its reference in the same run. All load stays on this machine. Only ratios mean something;
 * nothing else should run beside it. `growth` runs only when it is named. Exits with 1 if a goal does not hold.
 */
import { parseArgs } from 'node:util'
import { buildFunctions } from '../scripts/build/build.ts'
import { build } from './build.ts'
import { cold } from './cold.ts'
import { cold100 } from './cold100.ts'
import { forged } from './forged.ts'
import { growth } from './growth.ts'
import { push } from './push.ts'
import { pushes } from './pushes.ts'
import { rollout } from './rollout.ts'
import { sweep } from './sweep.ts'
import { token } from './token.ts'
import type { Row } from './section.ts'

const sections = [build, cold, push, token, sweep, forged, pushes, cold100, rollout, growth]

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    json: { type: 'boolean', default: false },
    authorizers: { type: 'string', default: '2000' },
    merchants: { type: 'string', default: '200' },
    'wechat-ms': { type: 'string', default: '50' },
    seconds: { type: 'string', default: '10' },
    rate: { type: 'string', default: '1000' },
    sizes: { type: 'string', default: '1000,3000,10000' },
    plot: { type: 'boolean', default: false },
  },
})

const unknown = positionals.filter((word) => !sections.some(({ name }) => name === word))
if (unknown.length > 0) throw new Error(`no section ${unknown.join()}: ${sections.map(({ name }) => name).join(', ')}`)

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

await buildFunctions()
const results: Record<string, readonly Row[]> = {}
for (const { name, about, run } of sections) {
  if (positionals.length > 0 ? !positionals.includes(name) : name === growth.name) continue
  progress(`${name} …`)
  const begun = performance.now()
  const rows = await run({
    authorizers: Number(values.authorizers),
    merchants: Number(values.merchants),
    wechatMs: Number(values['wechat-ms']),
    seconds: Number(values.seconds),
    perSecond: Number(values.rate),
    sizes: values.sizes.split(',').map(Number),
    plot: values.plot,
    progress: (text) => progress(`${name}: ${text}`),
  })
  progress('')
  results[name] = rows
  if (values.json) continue
  console.log(`\n${name} – ${about} (${((performance.now() - begun) / 1000).toFixed(0)} s)`)
  for (const row of rows) console.log(line(row).trimEnd())
}
if (values.json) console.log(JSON.stringify(results, null, 2))
process.exitCode = Object.values(results)
  .flat()
  .some(({ holds }) => holds === false)
  ? 1
  : 0
