import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { format } from 'prettier'
import { projectFolder } from '../build/project-folder.ts'
import { anyNumber, commandLine } from '../command-line.ts'
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

interface Options {
  readonly measure: boolean
  readonly write: boolean
}

async function showCosts({ measure: anew, write }: Options, habits: Habits): Promise<void> {
  const measured = anew ? await measureHere() : await readMeasured()
  const { wechatMs, databaseMs } = measured.assumed
  process.stdout.write(
    `WeChat ${wechatMs} ms, database ${databaseMs} ms\n\n${renderWorks(measured, habits, 'en')}\n\n${renderMonths(measured, habits, 'en')}\n`,
  )
  if (!write) return
  if (anew) await writeMeasured(measured)
  for (const language of ['en', 'zh'] as const)
    await writeFile(join(projectFolder, pages[language]), await renderPage(language, measured))
}

async function measureHere(): Promise<Measured> {
  const { measure } = await import('./measure.ts')
  return roundMeasured(await measure((text) => process.stderr.write(`  ${text}\n`)))
}

export const costsCommand = commandLine(
  'npm run costs --',
  'What a fleet uses and costs in a month, beside a container that runs all the time: computed from measured calls and times (scripts/costs/measured.json) and prices (scripts/costs/prices.ts). Prints tables.',
  ['npm run costs -- --api-calls 40 --releases 2', 'npm run costs -- --measure --write'],
)
  .option('--measure', 'takes the measurements anew on this machine, in half a minute', false)
  .option('--write', 'puts the tables into docs/costs.md and docs/costs.zh-CN.md', false)
  .option('--api-calls <n>', 'a merchant and day', anyNumber, usualHabits.apiCallsPerDay)
  .option('--messages <n>', 'a merchant and day', anyNumber, usualHabits.messagesPerDay)
  .option('--releases <n>', 'a merchant and month', anyNumber, usualHabits.releasesPerMonth)
  .option(
    '--console-minutes <n>',
    'of work on the overview of the console, a day',
    anyNumber,
    usualHabits.consoleMinutesPerDay,
  )
  .option('--fresh <part>', '0.3 where REFRESH_IDLE_DAYS leaves three in ten fresh', anyNumber, usualHabits.fresh)
  .action(({ apiCalls, messages, releases, consoleMinutes, fresh, ...options }) =>
    showCosts(options, {
      ...usualHabits,
      apiCallsPerDay: apiCalls,
      messagesPerDay: messages,
      releasesPerMonth: releases,
      consoleMinutesPerDay: consoleMinutes,
      fresh,
    }),
  )
