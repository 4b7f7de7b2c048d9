import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { format } from 'prettier'
import { projectFolder } from '../build/project-folder.ts'
import { readMeasured, roundMeasured, writeMeasured } from './measured.ts'
import { usualHabits, type Habits, type Measured } from './model.ts'
import { fillIn, renderMonths, renderWorks, type Language } from './tables.ts'

const pages: Readonly<Record<Language, string>> = { en: 'docs/costs.md', zh: 'docs/costs.zh-CN.md' }

/** A page with the tables in it, as it should be. */
export async function renderPage(language: Language, measured: Measured): Promise<string> {
  const page = await readFile(join(projectFolder, pages[language]), 'utf8')
  const idle = { ...usualHabits, apiCallsPerDay: 2, messagesPerDay: 1, releasesPerMonth: 1, fresh: 0.3 }
  const filled = [
    ['works', renderWorks(measured, usualHabits, language)],
    ['months', renderMonths(measured, usualHabits, language)],
    ['idle', renderMonths(measured, idle, language)],
  ] as const
  const text = filled.reduce((sofar, [name, content]) => fillIn(sofar, name, content), page)
  return format(text, { parser: 'markdown', printWidth: 120, proseWrap: 'preserve' })
}

export async function runCosts(args: string[]): Promise<number> {
  const { measure: anew, write, habits } = readFlags(args)
  const measured = anew ? await measureHere() : await readMeasured()
  const { wechatMs, databaseMs } = measured.assumed
  process.stdout.write(
    `WeChat ${wechatMs} ms, database ${databaseMs} ms\n\n${renderWorks(measured, habits, 'en')}\n\n${renderMonths(measured, habits, 'en')}\n`,
  )
  if (!write) return 0
  if (anew) await writeMeasured(measured)
  for (const language of ['en', 'zh'] as const)
    await writeFile(join(projectFolder, pages[language]), await renderPage(language, measured))
  return 0
}

async function measureHere(): Promise<Measured> {
  const { measure } = await import('./measure.ts')
  return roundMeasured(await measure((text) => process.stderr.write(`  ${text}\n`)))
}

function readFlags(args: string[]): { measure: boolean; write: boolean; habits: Habits } {
  const { values } = parseArgs({
    args,
    options: {
      measure: { type: 'boolean', default: false },
      write: { type: 'boolean', default: false },
      'api-calls': { type: 'string' },
      messages: { type: 'string' },
      releases: { type: 'string' },
      fresh: { type: 'string' },
    },
  })
  const number = (name: 'api-calls' | 'messages' | 'releases' | 'fresh', usual: number): number => {
    const text = values[name]
    if (text === undefined) return usual
    if (!/^\d+(?:\.\d+)?$/.test(text)) throw new Error(`--${name} takes a number`)
    return Number(text)
  }
  return {
    measure: values.measure,
    write: values.write,
    habits: {
      ...usualHabits,
      apiCallsPerDay: number('api-calls', usualHabits.apiCallsPerDay),
      messagesPerDay: number('messages', usualHabits.messagesPerDay),
      releasesPerMonth: number('releases', usualHabits.releasesPerMonth),
      fresh: number('fresh', usualHabits.fresh),
    },
  }
}
