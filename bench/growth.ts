import { spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import type { Row, Section } from './section.ts'
import { DATABASE_MS, openPlatformOf, slowDown, sweepAll } from './sweep-runs.ts'

/** A measured figure at a size, for the plot. */
interface Point {
  readonly figure: string
  readonly authorizers: number
  readonly value: number
}

const PLOT = new URL('../docs/images/growth.svg', import.meta.url)

export const growth: Section = {
  name: 'growth',
  about: `sweeps of several sizes (--sizes), WeChat 50 ms (--wechat-ms), database ${DATABASE_MS} ms; --plot draws docs/images/growth.svg`,
  async run({ sizes, wechatMs, plot, progress }) {
    const points: Point[] = []
    const rows: Row[] = []
    for (const authorizers of sizes) {
      const tell = (what: string): void => progress(`${authorizers} authorizers, ${what}`)
      const platform = await openPlatformOf(authorizers, tell)
      try {
        await slowDown(platform, wechatMs)
        const { refreshed, runs, wallMs, cpuMs, memoryMiB, ...calls } = await sweepAll(platform, tell)
        const figures: Record<string, number> = {
          'time per authorizer, ms': wallMs / refreshed,
          'CPU per authorizer, ms': cpuMs / refreshed,
          'database calls per authorizer': calls.databaseCalls / refreshed,
          'memory of the instance, MiB': memoryMiB,
        }
        points.push(...Object.entries(figures).map(([figure, value]) => ({ figure, authorizers, value })))
        rows.push({
          what: `${authorizers} authorizers`,
          measured: `${runs.length} runs, ${(wallMs / 1000).toFixed(0)} s`,
          goal: `${authorizers}`,
          holds: refreshed === authorizers,
        })
        for (const [what, value] of Object.entries(figures))
          rows.push({ what: `  ${what}`, measured: value.toFixed(3) })
      } finally {
        await platform.close()
      }
    }
    if (plot) await drawPlot(points)
    return rows
  },
}

async function drawPlot(points: readonly Point[]): Promise<void> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('plot.mjs', import.meta.url))], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  child.stdin.end(JSON.stringify(points))
  const svg = await text(child.stdout)
  if (!svg.includes('</svg>')) throw new Error('no plot was drawn; is it installed? npm --prefix bench ci')
  await mkdir(new URL('.', PLOT), { recursive: true })
  await writeFile(PLOT, svg)
}
