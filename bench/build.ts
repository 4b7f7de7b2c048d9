import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { build as esbuild } from 'esbuild'
import { listFunctions } from '../scripts/build/build.ts'
import { bundleFunctions } from '../scripts/build/bundle.ts'
import { projectFolder } from '../scripts/build/project-folder.ts'
import { atMost, median, ms, type Row, type Section } from './section.ts'

const ROUNDS = 5

export const build: Section = {
  name: 'build',
  about: 'bundling all functions against plain esbuild of the same entries; npm start until its first page is there',
  async run({ progress }) {
    const folder = await mkdtemp(join(tmpdir(), 'minifleet-bench-'))
    try {
      const sourceFolder = join(projectFolder, 'functions')
      const names = await listFunctions(sourceFolder)
      const sources = names.map((name) => ({ name, entry: join(sourceFolder, name, 'index.ts') }))
      const times = { plain: [] as number[], ours: [] as number[] }
      for (let round = 0; round < ROUNDS; round++) {
        progress(`round ${round + 1} of ${ROUNDS}`)
        times.plain.push(
          await timeOf(() =>
            esbuild({
              absWorkingDir: projectFolder,
              entryPoints: sources.map(({ name, entry }) => ({ in: entry, out: name })),
              outdir: folder,
              bundle: true,
              platform: 'node',
              target: 'node20',
              format: 'cjs',
              minify: true,
              sourcemap: true,
              logLevel: 'error',
            }),
          ),
        )
        times.ours.push(await timeOf(() => bundleFunctions(sources, folder)))
      }
      progress('npm start')
      const starts: number[] = []
      for (let round = 0; round < 3; round++) starts.push(await timeOf(seeFirstPage))
      const ratio = median(times.ours) / median(times.plain)
      const start = median(starts)
      return [
        { what: 'plain esbuild', measured: ms(median(times.plain)) },
        { what: 'bundling', measured: ms(median(times.ours)), ratio, than: 'plain', ...atMost(2, ratio) },
        { what: 'npm start, first page', measured: ms(start), goal: '≤ 5 s', holds: start <= 5000 },
      ] satisfies Row[]
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

async function timeOf(work: () => Promise<unknown>): Promise<number> {
  const begun = performance.now()
  await work()
  return performance.now() - begun
}

async function seeFirstPage(): Promise<void> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/start.ts', '--port', '0'], {
    cwd: projectFolder,
    stdio: ['ignore', 'pipe', 'ignore'],
  })
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      const url = /^\s+(http:\S+)$/.exec(line)?.[1]
      if (url === undefined) continue
      const page = await fetch(url)
      if (!page.ok) throw new Error(`the first page answered ${page.status}`)
      return
    }
    throw new Error('npm start ended without an address')
  } finally {
    child.kill()
  }
}
