import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { measureFunctions } from '../scripts/build/measure.ts'
import { projectFolder } from '../scripts/build/project-folder.ts'
import { median, ms, type Row, type Section } from './section.ts'

const ROUNDS = 21

/** CPU against a bare node, part of naive's added time, KiB read at the start. */
const limitsOf = (name: string): readonly [ofBare: number, ofNaive: number, kib: number] =>
  name === 'receiveTicket' ? [1.5, 0.27, 240] : [1.7, 0.38, 300]

export const cold: Section = {
  name: 'cold',
  about: `CPU of a fresh process that loads the function, Node ${process.versions.node}; naive is the same packages bundled whole`,
  async run({ progress }) {
    const folder = await mkdtemp(join(tmpdir(), 'minifleet-bench-'))
    try {
      const functionsFolder = join(projectFolder, 'dist/functions')
      const sizes = await measureFunctions(functionsFolder)
      const bundles = sizes.map(({ name }) => [name, join(functionsFolder, name, 'index.js')] as const)
      const files = [...(await references(folder)), ...bundles]
      const times = new Map(files.map(([name]) => [name, [] as number[]]))
      for (let round = 0; round < ROUNDS; round++) {
        progress(`round ${round + 1} of ${ROUNDS}`)
        for (const [name, file] of files) times.get(name)?.push(await cpuOfStart(file))
      }
      const cpu = (name: string): number => median(times.get(name) ?? [])
      const [bare, naive] = [cpu('bare'), cpu('naive')]
      const rows: Row[] = [
        { what: 'bare node', measured: ms(bare) },
        { what: 'naive bundle', measured: ms(naive), ratio: naive / bare, than: 'bare' },
      ]
      for (const { name, startBytes } of sizes) {
        const [ofBare, ofNaive, mostKib] = limitsOf(name)
        const [ratio, part] = [cpu(name) / bare, (cpu(name) - bare) / (naive - bare)]
        const kib = startBytes / 1024
        rows.push({
          what: name,
          measured: `${ms(cpu(name))}, ${kib.toFixed(0)} KiB`,
          ratio,
          than: `bare, ${part.toFixed(2)} added`,
          goal: `≤ ${ofBare}, ${ofNaive}`,
          holds: ratio <= ofBare && part <= ofNaive && kib <= mostKib,
        })
      }
      return rows
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function references(folder: string): Promise<readonly (readonly [string, string])[]> {
  const [bare, naive] = [join(folder, 'bare.js'), join(folder, 'naive.js')]
  await writeFile(bare, '')
  await build({
    stdin: {
      contents: `exports.parts = [require('@cloudbase/node-sdk'), require('axios'), require('xml2js'), require('dayjs')]`,
      resolveDir: projectFolder,
    },
    outfile: naive,
    bundle: true,
    minify: true,
    platform: 'node',
    target: 'node20',
  })
  return [
    ['bare', bare],
    ['naive', naive],
  ]
}

/** Milliseconds of user and system time, from the start of the process to the end of `require`. */
async function cpuOfStart(file: string): Promise<number> {
  const script = `require(process.argv[1]); const { user, system } = process.cpuUsage(); console.log((user + system) / 1000)`
  const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, file])
  return Number(stdout)
}
